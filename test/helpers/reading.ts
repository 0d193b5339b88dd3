import { readFileSync } from 'node:fs';

/**
 * What a run's raw lines say, read a second time and another way: the yardstick for what is
 * observed. It shares no code with the program. Drift is read off values and generations here, and
 * not off who owns which field.
 */
export interface Reading {
  /** `time key status`, with `checking` behind it, whenever that changes. */
  statuses: string[];
  /** `time key revision`, whenever it changes. */
  revisions: string[];
  /** `time` and what it is about, by the reason of the pulse. */
  pulses: Record<'push' | 'webhook' | 'poll' | 'fetch' | 'attempt' | 'apply' | 'correct', string[]>;
}

// biome-ignore lint/suspicious/noExplicitAny: the lines are read as they are.
type Raw = any;

export const sources = ['GitRepository', 'OCIRepository', 'HelmRepository', 'HelmChart', 'Bucket'];
const appliers = ['Kustomization', 'HelmRelease'];
const workloads = ['Deployment', 'StatefulSet', 'DaemonSet'];

export function rawLines(run: string): Raw[] {
  const file = new URL(`../fixtures/runs/${run}.jsonl`, import.meta.url);
  const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line)).sort((one, other) => one.t - other.t);
}

export function reading(lines: readonly Raw[]): Reading {
  const statuses = new Map<string, string>();
  const objects = new Map<string, Raw>();
  const wanted = new Map<string, string>();
  const drifted = new Set<string>();
  const asked = new Map<string, number>();
  let deliveries = 0;
  let requests = 0;
  const read: Reading = {
    statuses: [],
    revisions: [],
    pulses: { push: [], webhook: [], poll: [], fetch: [], attempt: [], apply: [], correct: [] },
  };
  const tell = (t: number, key: string, status: string) => {
    if (statuses.get(key) !== status) read.statuses.push(`${t} ${key} ${status}`);
    statuses.set(key, status);
  };

  for (const line of lines) {
    const { t } = line;
    if (line.git === 'receive-pack') read.pulses.push.push(`${t}`);
    if (line.git === 'refs' && line.service === 'upload-pack') {
      if (t - (asked.get(line.repository) ?? -9) > 1) read.pulses.poll.push(`${t}`);
      asked.set(line.repository, t);
    }
    // Each webhook is delivered and requested: the first of the two tells.
    if (line.git === 'webhook' && line.status === 200) {
      deliveries += 1;
      if (deliveries > requests) read.pulses.webhook.push(`${t}`);
    }
    const { watch: kind, type, object } = line;
    if (!object || type === 'BOOKMARK') continue;
    const key = `${kind}/${object.metadata.namespace}/${object.metadata.name}`;
    const before = objects.get(key);

    if (workloads.includes(kind)) {
      const owner = ownerOf(object);
      if (!owner) continue;
      const values = valuesOf(object);
      if (type === 'DELETED') {
        objects.delete(key);
        const parent = objects.get(owner);
        const missed = parent && !parent.metadata.deletionTimestamp;
        if (missed) drifted.add(key);
        tell(t, key, missed ? 'drifted' : 'removed');
        continue;
      }
      const ownWrite = !before || writtenBy(object, owner) !== writtenBy(before, owner);
      const isMeddled = !ownWrite && object.metadata.generation !== before.metadata.generation;
      if (isMeddled && values !== wanted.get(key)) drifted.add(key);
      if (drifted.has(key) && ownWrite) {
        drifted.delete(key);
        read.pulses.correct.push(`${t} ${key}`);
      }
      if (!drifted.has(key)) wanted.set(key, values);
      tell(t, key, drifted.has(key) ? 'drifted' : workloadStatus(kind, object));
      objects.set(key, object);
      continue;
    }

    if (![...sources, ...appliers, 'Receiver'].includes(kind)) continue;
    if (type === 'DELETED') {
      objects.delete(key);
      tell(t, key, 'removed');
      continue;
    }
    const requested = object.metadata.annotations?.['reconcile.fluxcd.io/requestedAt'];
    const asker = object.metadata.managedFields?.find((entry: Raw) =>
      JSON.stringify(entry.fieldsV1).includes('reconcile.fluxcd.io/requestedAt'),
    )?.manager;
    const last = before?.metadata.annotations?.['reconcile.fluxcd.io/requestedAt'];
    if (before && requested !== last && asker === 'notification-controller') {
      requests += 1;
      if (requests > deliveries) read.pulses.webhook.push(`${t}`);
    }
    const was = statuses.get(key)?.split(' ')[0];
    tell(t, key, fluxStatus(object, was));
    const [revision, attempted] = revisionsOf(kind, object);
    const [oldRevision, oldAttempted] = before ? revisionsOf(kind, before) : [];
    if (revision && revision !== oldRevision) {
      read.revisions.push(`${t} ${key} ${revision}`);
      const isNew = type !== 'LIST';
      if (isNew && sources.includes(kind)) read.pulses.fetch.push(`${t} ${key}`);
      if (isNew && appliers.includes(kind)) read.pulses.apply.push(`${t} ${key}`);
    }
    if (attempted && attempted !== oldAttempted && type !== 'LIST') {
      read.pulses.attempt.push(`${t} ${key}`);
    }
    objects.set(key, object);
  }
  return read;
}

function fluxStatus({ metadata, spec, status }: Raw, was: string | undefined): string {
  const condition = (type: string) =>
    status?.conditions?.find((found: Raw) => found.type === type) ?? { status: 'absent' };
  const ready = condition('Ready');
  const [revision, attempted] = revisionsOf('', { metadata, spec, status });
  if (metadata.deletionTimestamp) return 'terminating';
  if (spec.suspend) return 'suspended';
  if (condition('Stalled').status === 'True') return 'failed';
  if (ready.status === 'False') {
    const early = ready.reason === 'ArtifactFailed' && /not found, retrying/.test(ready.message);
    return ready.reason === 'DependencyNotReady' || early ? 'waiting' : 'failed';
  }
  const observed = metadata.generation === status?.observedGeneration;
  const busy =
    ready.status === 'Unknown' ||
    condition('Reconciling').status === 'True' ||
    !observed ||
    (ready.status === 'True' && attempted !== undefined && attempted !== revision);
  if (!busy) return ready.status === 'True' ? 'ready' : 'unknown';
  const request = metadata.annotations?.['reconcile.fluxcd.io/requestedAt'];
  const handled = request === undefined || request === status?.lastHandledReconcileAt;
  const isCheck = attempted !== undefined && attempted === revision && handled && observed;
  return isCheck && was ? `${was} checking` : 'progressing';
}

function revisionsOf(kind: string, { status }: Raw): [string | undefined, string | undefined] {
  const deployed = status?.history?.find((release: Raw) => release.status === 'deployed');
  const applied = status?.lastAppliedRevision ?? deployed?.chartVersion;
  return [
    sources.includes(kind) ? status?.artifact?.revision : applied,
    status?.lastAttemptedRevision,
  ];
}

function workloadStatus(kind: string, { metadata, spec, status = {} }: Raw): string {
  const daemons = kind === 'DaemonSet';
  const total = daemons ? status.desiredNumberScheduled : (spec.replicas ?? 1);
  const updated = (daemons ? status.updatedNumberScheduled : status.updatedReplicas) ?? 0;
  const ready = (daemons ? status.numberReady : status.readyReplicas) ?? 0;
  if (metadata.deletionTimestamp) return 'terminating';
  for (const { type, status: is, reason } of status.conditions ?? []) {
    if (reason === 'ProgressDeadlineExceeded') return 'failed';
    if (type === 'ReplicaFailure' && is === 'True') return 'failed';
  }
  const isOut = metadata.generation === status.observedGeneration;
  return isOut && updated >= total && ready >= total ? 'ready' : 'progressing';
}

function ownerOf({ metadata: { labels = {} } }: Raw): string | undefined {
  for (const [group, kind] of [
    ['kustomize', 'Kustomization'],
    ['helm', 'HelmRelease'],
  ]) {
    const name = labels[`${group}.toolkit.fluxcd.io/name`];
    if (name) return `${kind}/${labels[`${group}.toolkit.fluxcd.io/namespace`]}/${name}`;
  }
  return undefined;
}

/** When the owner's controller wrote the object: another string for each of its writes. */
function writtenBy({ metadata }: Raw, owner: string): string {
  const manager = owner.startsWith('Helm') ? 'helm-controller' : 'kustomize-controller';
  return metadata.managedFields
    .filter((entry: Raw) => entry.manager === manager && !entry.subresource)
    .map((entry: Raw) => entry.time)
    .join();
}

function valuesOf({ spec }: Raw): string {
  return JSON.stringify([
    spec.replicas,
    spec.template.spec.containers.map(({ image, env }: Raw) => [image, env]),
  ]);
}
