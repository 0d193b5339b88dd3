import type { ClusterObject } from './object.ts';

/** Whether Flux never writes a status to the object, so that it is ready by being there. */
export function isStatic({ kind, spec }: ClusterObject): boolean {
  return (
    kind === 'Provider' || kind === 'Alert' || (kind === 'HelmRepository' && spec.type === 'oci')
  );
}

const appliers = [
  { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization', manager: 'kustomize-controller' },
  { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease', manager: 'helm-controller' },
];

/** Who applied an object, by the labels that it carries. */
export interface Owner {
  key: string;
  /** The field manager that its controller applies as. */
  manager: string;
}

export function ownerOf(object: ClusterObject): Owner | undefined {
  for (const { group, kind, manager } of appliers) {
    const name = object.labels[`${group}/name`];
    const namespace = object.labels[`${group}/namespace`];
    if (typeof name !== 'string' || typeof namespace !== 'string') continue;
    const key = `${kind}/${namespace}/${name}`;
    // Flux may apply what it was installed by: such an object is nobody's but its own.
    if (key !== object.key) return { key, manager };
  }
  return undefined;
}
