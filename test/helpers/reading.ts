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

/** A line of a capture, as far as it is read here. */
export interface RawLine {
  t: number;
  watch?: string;
  type?: string;
  git?: string;
  service?: string;
  status?: number;
  repository?: string;
  object?: RawObject;
}

interface RawObject {
  metadata: {
    name: string;
    namespace: string;
    generation: number;
    deletionTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    managedFields?: { manager: string; subresource?: string; time?: string; fieldsV1: object }[];
  };
  spec: {
    suspend?: boolean;
    replicas?: number;
    template?: { spec: { containers: { image: string; env?: object[] }[] } };
  };
  status?: {
    conditions?: { type: string; status: string; reason?: string; message?: string }[];
    history?: { status?: string; chartVersion?: string }[];
    artifact?: { revision: string };
    lastAppliedRevision?: string;
    lastAttemptedRevision?: string;
    lastHandledReconcileAt?: string;
    observedGeneration?: number;
    readyReplicas?: number;
    updatedReplicas?: number;
    desiredNumberScheduled?: number;
    updatedNumberScheduled?: number;
    numberReady?: number;
  };
}

export const sources = ['GitRepository', 'OCIRepository', 'HelmRepository', 'HelmChart', 'Bucket'];
const appliers = ['Kustomization', 'HelmRelease'];
const requestedAt = 'reconcile.fluxcd.io/requestedAt';
const workloads = ['Deployment', 'StatefulSet', 'DaemonSet'];

export function rawLines(run: string): RawLine[] {
  const file = new URL(`../fixtures/runs/${run}.jsonl`, import.meta.url);
  const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line): RawLine => JSON.parse(line)).sort((one, other) => one.t - other.t);
}

export function reading(lines: readonly RawLine[]): Reading {
  const read: Reading = {
    statuses: [],
    revisions: [],
    pulses: { push: [], webhook: [], poll: [], fetch: [], attempt: [], apply: [], correct: [] },
  };
  const statuses = new Map<string, string>();
  const objects = new Map<string, RawObject>();
  const wanted = new Map<string, string>();
  const drifted = new Set<string>();
  const asked = new Map<string, number>();
  const webhooks = { delivered: 0, requested: 0 };

  for (const line of lines) {
    if (line.git) hostLine(line);
    const { t, watch: kind = '', type, object } = line;
    if (!object || type === 'BOOKMARK') continue;
    const key = `${kind}/${object.metadata.namespace}/${object.metadata.name}`;
    const before = objects.get(key);
    if (workloads.includes(kind)) workloadLine(line, key, object, before);
    else if ([...sources, ...appliers, 'Receiver'].includes(kind)) {
      if (type === 'DELETED') tell(t, key, 'removed');
      else fluxLine(line, key, object, before);
    } else continue;
    if (type === 'DELETED') objects.delete(key);
    else objects.set(key, object);
  }
  return read;

  function tell(t: number, key: string, status: string): void {
    if (statuses.get(key) !== status) read.statuses.push(`${t} ${key} ${status}`);
    statuses.set(key, status);
  }

  /** Each webhook is delivered and requested: the first of the two tells. */
  function webhookSeen(t: number, side: 'delivered' | 'requested'): void {
    webhooks[side] += 1;
    const other = side === 'delivered' ? webhooks.requested : webhooks.delivered;
    if (webhooks[side] > other) read.pulses.webhook.push(`${t}`);
  }

  function hostLine({ t, git, service, status, repository = '' }: RawLine): void {
    if (git === 'receive-pack') read.pulses.push.push(`${t}`);
    if (git === 'webhook' && status === 200) webhookSeen(t, 'delivered');
    if (git === 'refs' && service === 'upload-pack') {
      if (t - (asked.get(repository) ?? -9) > 1) read.pulses.poll.push(`${t}`);
      asked.set(repository, t);
    }
  }

  function workloadLine(
    { t, watch: kind = '', type }: RawLine,
    key: string,
    object: RawObject,
    before: RawObject | undefined,
  ): void {
    const owner = ownerOf(object);
    if (!owner) return;
    if (type === 'DELETED') {
      const parent = objects.get(owner);
      const missed = parent && !parent.metadata.deletionTimestamp;
      if (missed) drifted.add(key);
      tell(t, key, missed ? 'drifted' : 'removed');
      return;
    }
    const values = valuesOf(object);
    const isOwnWrite = !before || writtenBy(object, owner) !== writtenBy(before, owner);
    const isChanged = object.metadata.generation !== before?.metadata.generation;
    if (!isOwnWrite && isChanged && values !== wanted.get(key)) drifted.add(key);
    if (isOwnWrite && drifted.delete(key)) read.pulses.correct.push(`${t} ${key}`);
    if (!drifted.has(key)) wanted.set(key, values);
    tell(t, key, drifted.has(key) ? 'drifted' : workloadStatus(kind, object));
  }

  function fluxLine(
    { t, watch: kind = '', type }: RawLine,
    key: string,
    object: RawObject,
    before: RawObject | undefined,
  ): void {
    const request = object.metadata.annotations?.[requestedAt];
    const asker = object.metadata.managedFields?.find((entry) =>
      JSON.stringify(entry.fieldsV1).includes(requestedAt),
    )?.manager;
    const isNewRequest = before && request !== before.metadata.annotations?.[requestedAt];
    if (isNewRequest && asker === 'notification-controller') webhookSeen(t, 'requested');

    tell(t, key, fluxStatus(object, statuses.get(key)?.split(' ')[0]));

    const [revision, attempted] = revisionsOf(kind, object);
    const [oldRevision, oldAttempted] = before ? revisionsOf(kind, before) : [];
    const isHistory = type === 'LIST';
    if (revision && revision !== oldRevision) {
      read.revisions.push(`${t} ${key} ${revision}`);
      const why = sources.includes(kind) ? 'fetch' : 'apply';
      if (!isHistory) read.pulses[why].push(`${t} ${key}`);
    }
    const isAttempt = attempted && attempted !== oldAttempted;
    if (isAttempt && !isHistory) read.pulses.attempt.push(`${t} ${key}`);
  }
}

function fluxStatus(object: RawObject, was: string | undefined): string {
  const { metadata, spec, status } = object;
  const condition = (type: string) => status?.conditions?.find((found) => found.type === type);
  const ready = condition('Ready');
  const [revision, attempted] = revisionsOf('', object);
  if (metadata.deletionTimestamp) return 'terminating';
  if (spec.suspend) return 'suspended';
  if (condition('Stalled')?.status === 'True') return 'failed';
  if (ready?.status === 'False') {
    const early =
      ready.reason === 'ArtifactFailed' && /not found, retrying/.test(ready.message ?? '');
    return ready.reason === 'DependencyNotReady' || early ? 'waiting' : 'failed';
  }
  const observed = metadata.generation === status?.observedGeneration;
  const busy =
    ready?.status === 'Unknown' ||
    condition('Reconciling')?.status === 'True' ||
    !observed ||
    (ready?.status === 'True' && attempted !== undefined && attempted !== revision);
  if (!busy) return ready?.status === 'True' ? 'ready' : 'unknown';
  const request = metadata.annotations?.[requestedAt];
  const handled = request === undefined || request === status?.lastHandledReconcileAt;
  const isCheck = attempted !== undefined && attempted === revision && handled && observed;
  return isCheck && was ? `${was} checking` : 'progressing';
}

function revisionsOf(
  kind: string,
  { status }: RawObject,
): [string | undefined, string | undefined] {
  const deployed = status?.history?.find((release) => release.status === 'deployed');
  const applied = status?.lastAppliedRevision ?? deployed?.chartVersion;
  return [
    sources.includes(kind) ? status?.artifact?.revision : applied,
    status?.lastAttemptedRevision,
  ];
}

function workloadStatus(kind: string, { metadata, spec, status = {} }: RawObject): string {
  const daemons = kind === 'DaemonSet';
  const total = (daemons ? status.desiredNumberScheduled : spec.replicas) ?? 1;
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

function ownerOf({ metadata: { labels = {} } }: RawObject): string | undefined {
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
function writtenBy({ metadata }: RawObject, owner: string): string {
  const manager = owner.startsWith('Helm') ? 'helm-controller' : 'kustomize-controller';
  return (metadata.managedFields ?? [])
    .filter((entry) => entry.manager === manager && !entry.subresource)
    .map((entry) => entry.time)
    .join();
}

function valuesOf({ spec }: RawObject): string {
  return JSON.stringify([
    spec.replicas,
    spec.template?.spec.containers.map(({ image, env }) => [image, env]),
  ]);
}
