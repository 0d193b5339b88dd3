/** A kind that is watched, as the API server serves it. */
export interface WatchedKind {
  kind: string;
  /** Empty for the core group. */
  group: string;
  version: string;
  plural: string;
  /** Label selectors that share no object; together they are the kind. Absent: all objects. */
  selectors?: readonly string[];
  /** Only here; absent: in all namespaces. */
  namespace?: string;
}

const kustomized = 'kustomize.toolkit.fluxcd.io/name';
const helmed = 'helm.toolkit.fluxcd.io/name';

/** All that is ever asked of a cluster: what `assets/cluster/viewer.yaml` allows to see. */
export const KINDS: readonly WatchedKind[] = [
  source('GitRepository', 'gitrepositories'),
  source('OCIRepository', 'ocirepositories'),
  source('HelmRepository', 'helmrepositories'),
  source('HelmChart', 'helmcharts'),
  source('Bucket', 'buckets'),
  source('ExternalArtifact', 'externalartifacts'),
  {
    kind: 'Kustomization',
    group: 'kustomize.toolkit.fluxcd.io',
    version: 'v1',
    plural: 'kustomizations',
  },
  { kind: 'HelmRelease', group: 'helm.toolkit.fluxcd.io', version: 'v2', plural: 'helmreleases' },
  {
    kind: 'Receiver',
    group: 'notification.toolkit.fluxcd.io',
    version: 'v1',
    plural: 'receivers',
  },
  workload('Deployment', 'deployments'),
  workload('StatefulSet', 'statefulsets'),
  workload('DaemonSet', 'daemonsets'),
  { kind: 'Event', group: '', version: 'v1', plural: 'events' },
];

function source(kind: string, plural: string): WatchedKind {
  return { kind, group: 'source.toolkit.fluxcd.io', version: 'v1', plural };
}

/** Only what Flux applied. A selector knows no "or", hence two that share nothing. */
function workload(kind: string, plural: string): WatchedKind {
  const selectors = [kustomized, `${helmed},!${kustomized}`];
  return { kind, group: 'apps', version: 'v1', plural, selectors };
}

/** Where the API server lists a kind. */
export function pathOf({ group, version, plural }: WatchedKind, namespace?: string): string {
  const api = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const within = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${api}${within}/${plural}`;
}
