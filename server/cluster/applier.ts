import type { Seconds, Status } from '../../src/shared/flow.ts';
import { duration } from './duration.ts';
import { type ClusterObject, condition, fields, list, text } from './object.ts';

/** What is kept of a Kustomization or HelmRelease beside what is shown of it. */
export interface Applier {
  /** The key of the source that it applies. */
  source?: string;
  /** It is at work now; between two attempts it is not. */
  reconciling: boolean;
  /** Its last reconcile has failed, or has not even begun. */
  failed: boolean;
  /** Keys of what it has applied, once it has said so. */
  inventory?: ReadonlySet<string>;
  /** Another string whenever a reconcile has written down what it did. */
  written: string;
  /** Whether it puts back what others change. */
  corrects: boolean;
  /** When its last reconcile ended. */
  finished?: Seconds;
}

/**
 * `finished` is what we saw ourselves, to the millisecond; the object's own history, by the whole
 * second and the cluster's clock, serves for what ended while nobody watched.
 */
export function applierOf(
  object: ClusterObject,
  { at, started, listed }: { at: Seconds; started: number; listed: boolean },
  before: Applier | undefined,
): Applier {
  const reconciling = isReconciling(object);
  const last = fields(list(object.status.history)[0]);
  const inventory = inventoryOf(object);
  const failed = condition(object, 'Ready')?.status === 'False';
  const ended = before && ((before.reconciling && !reconciling) || (failed && !before.failed));
  const finished = ended
    ? at
    : listed
      ? (secondsSince(started, last.lastReconciled) ?? before?.finished)
      : before?.finished;
  // A Kustomization that succeeds writes its history after its conditions: only what fails before
  // it has applied anything ends without. A HelmRelease writes its inventory before it is done.
  const isAtRest = object.kind === 'Kustomization' ? failed : !reconciling;
  const source = sourceOf(object);
  return {
    ...(source !== undefined && { source }),
    reconciling,
    failed,
    ...(inventory && { inventory }),
    written: JSON.stringify([last, [...(inventory ?? [])], isAtRest]),
    corrects:
      object.kind === 'Kustomization' || fields(object.spec.driftDetection).mode === 'enabled',
    ...(finished !== undefined && { finished }),
  };
}

/** When Flux looks again by itself, unless it does so now or it cannot be told. */
export function nextLook(
  { kind, spec }: ClusterObject,
  status: Status,
  { finished, reconciling }: Applier,
): Seconds | undefined {
  if (reconciling) return undefined;
  if (status === 'suspended' || status === 'terminating' || status === 'waiting') return undefined;
  // What has failed is tried again sooner: a Kustomization says when, a HelmRelease backs off.
  if (status === 'failed' && kind === 'HelmRelease') return undefined;
  const retry = status === 'failed' ? duration(spec.retryInterval) : undefined;
  const interval = retry ?? duration(spec.interval);
  if (finished === undefined || interval === undefined) return undefined;
  return Math.round((finished + interval) * 1000) / 1000;
}

function sourceOf({ kind, namespace, spec }: ClusterObject): string | undefined {
  const chart = fields(fields(fields(spec.chart).spec).sourceRef);
  const ref = kind === 'Kustomization' ? fields(spec.sourceRef) : chart;
  const named = [text(ref.kind), text(ref.namespace) ?? namespace, text(ref.name)];
  return named.includes(undefined) ? undefined : named.join('/');
}

function isReconciling(object: ClusterObject): boolean {
  const reconciling = condition(object, 'Reconciling');
  if (condition(object, 'Ready')?.status === 'Unknown') return true;
  return reconciling?.status === 'True' && reconciling.reason !== 'ProgressingWithRetry';
}

/** Entries are `namespace_name_group_Kind`. */
function inventoryOf({ status }: ClusterObject): ReadonlySet<string> | undefined {
  if (status.inventory === undefined) return undefined;
  return new Set(
    list(fields(status.inventory).entries).map((entry) => {
      const [namespace, name, , kind] = (text(fields(entry).id) ?? '').split('_');
      return `${kind}/${namespace}/${name}`;
    }),
  );
}

function secondsSince(started: number, date: unknown): Seconds | undefined {
  const since = (Date.parse(text(date) ?? '') - started) / 1000;
  return Number.isNaN(since) ? undefined : since;
}
