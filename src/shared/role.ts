import type { Role } from './flow.ts';

const LABELS: Record<Role, readonly string[]> = {
  user: ['User', 'Developer'],
  git: ['Git', 'Git Host', 'GitHub', 'GitLab', 'Gitea'],
  webhook: ['Webhook'],
  receiver: ['Receiver'],
  source: [
    'GitRepository',
    'OCIRepository',
    'HelmRepository',
    'Bucket',
    'HelmChart',
    'ExternalArtifact',
    'Source',
  ],
  applier: ['Kustomization', 'HelmRelease'],
  flux: ['Flux'],
  cluster: ['Kubernetes', 'K8s', 'Cluster'],
};

/** The kinds that are watched, and the part each plays. Pods and ReplicaSets are their workload's. */
const KINDS = new Map<string, Role>([
  ...LABELS.source.filter((label) => label !== 'Source').map((kind) => [kind, 'source'] as const),
  ...LABELS.applier.map((kind) => [kind, 'applier'] as const),
  ['Receiver', 'receiver'],
  ['Provider', 'flux'],
  ['Alert', 'flux'],
  ['Deployment', 'cluster'],
  ['StatefulSet', 'cluster'],
  ['DaemonSet', 'cluster'],
]);

const BY_LABEL = new Map<string, { role: Role; label: string }>();
for (const role of Object.keys(LABELS) as Role[])
  for (const label of LABELS[role]) BY_LABEL.set(plain(label), { role, label });

/** What a node stands for by its label; case, spaces and hyphens do not matter, nor does what follows a line break. */
export function roleOf(label: string): Role | undefined {
  return BY_LABEL.get(plain(label))?.role;
}

/** The kind that a label names: `GitRepository`, but none for `Source`, which stands for every source. */
export function kindOf(label: string): string | undefined {
  const known = BY_LABEL.get(plain(label))?.label;
  return known !== undefined && KINDS.has(known) ? known : undefined;
}

/** The role of a kind that is watched, as Kubernetes spells it; undefined for any other. */
export function roleOfKind(kind: string): Role | undefined {
  return KINDS.get(kind);
}

/** Whether a word names a role, as `%% live A = user` does. */
export function isRole(word: string): word is Role {
  return Object.hasOwn(LABELS, word);
}

function plain(label: string): string {
  const [line = ''] = label.trim().split(/<br\s*\/?>|\n/i);
  return line.toLowerCase().replace(/[\s_-]+/g, '');
}
