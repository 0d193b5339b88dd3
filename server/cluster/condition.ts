import type { Condition, Seconds } from '../../src/shared/flow.ts';
import { type ClusterObject, type Fields, fields, list, text } from './object.ts';
import { redact } from './redact.ts';

/** Those that Flux and the workload controllers set, in the order to tell them. */
const TYPES: readonly string[] = [
  'Ready',
  'Stalled',
  'Reconciling',
  'Healthy',
  'Released',
  'TestSuccess',
  'Remediated',
  'Drifted',
  'FetchFailed',
  'BuildFailed',
  'IncludeUnavailable',
  'StorageOperationFailed',
  'SourceVerified',
  'ArtifactOutdated',
  'ArtifactInStorage',
  'Available',
  'Progressing',
  'ReplicaFailure',
];

/** Of these a message says in a sentence what the type says in a word, and changes all the time. */
const WORDY: readonly string[] = ['Available', 'Progressing', 'ArtifactInStorage'];

/**
 * An object's conditions for the detail view, or undefined without any. Flux writes one sentence
 * under several of them: it is told once.
 * @param started the feed's beginning, in milliseconds since 1970
 * @param told what its resource says already
 */
export function conditionsOf(
  { status }: ClusterObject,
  started: number,
  told: string | undefined,
): readonly Condition[] | undefined {
  const said = new Set([told]);
  const sent = list(status.conditions).map(fields);
  const found = TYPES.flatMap((type) => {
    const one = sent.find((each) => each.type === type);
    return one ? [conditionOf(type, one, started, said)] : [];
  });
  return found.length > 0 ? found : undefined;
}

function conditionOf(
  type: string,
  sent: Fields,
  started: number,
  said: Set<string | undefined>,
): Condition {
  const reason = text(sent.reason);
  const status = text(sent.status) ?? 'Unknown';
  const isWordy = status === 'True' && WORDY.includes(type);
  const message = isWordy ? '' : redact(text(sent.message) ?? '');
  const isNew = message !== '' && !said.has(message);
  said.add(message);
  const since = (Date.parse(text(sent.lastTransitionTime) ?? '') - started) / 1000;
  return {
    type,
    status,
    ...(reason !== undefined && { reason: redact(reason) }),
    ...(isNew && { message }),
    ...(Number.isFinite(since) && { since: since satisfies Seconds }),
  };
}
