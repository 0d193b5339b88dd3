import type { Role } from '../../src/shared/flow.ts';
import type { ClusterObject } from './object.ts';

/** The kinds that are shown, and the part each plays. Pods and ReplicaSets are their workload's. */
const roles = new Map<string, Role>([
  ['GitRepository', 'source'],
  ['OCIRepository', 'source'],
  ['HelmRepository', 'source'],
  ['HelmChart', 'source'],
  ['Bucket', 'source'],
  ['ExternalArtifact', 'source'],
  ['Kustomization', 'applier'],
  ['HelmRelease', 'applier'],
  ['Receiver', 'receiver'],
  ['Provider', 'flux'],
  ['Alert', 'flux'],
  ['Deployment', 'cluster'],
  ['StatefulSet', 'cluster'],
  ['DaemonSet', 'cluster'],
]);

export function roleOf(kind: string): Role | undefined {
  return roles.get(kind);
}

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
