import type { Resource, Status } from '../../src/shared/flow.ts';
import { isStatic } from './kind.ts';
import { type ClusterObject, type Condition, condition, count, text } from './object.ts';
import { redact } from './redact.ts';
import { attemptedRevision, revisionOf } from './revision.ts';

/** What an object's status comes to, and the condition that decided. */
export type Judgement = Pick<Resource, 'status' | 'checking' | 'reason' | 'message'>;

/** The status of a Flux object. The first line that applies decides. */
export function fluxStatus(object: ClusterObject, before: Judgement | undefined): Judgement {
  const ready = condition(object, 'Ready');
  const stalled = condition(object, 'Stalled');
  const reconciling = condition(object, 'Reconciling');
  if (object.terminating) return { status: 'terminating' };
  if (object.spec.suspend === true) return { status: 'suspended' };
  if (isStatic(object)) return { status: 'ready' };
  if (stalled?.status === 'True') return judged('failed', stalled);
  if (ready?.status === 'False') return judged(isWaiting(ready) ? 'waiting' : 'failed', ready);
  const unsettled = [reconciling, ready].find(
    (found) => found?.status === (found?.type === 'Ready' ? 'Unknown' : 'True'),
  );
  if (unsettled || !isObserved(object) || isBehind(object, ready)) {
    return before && isCheck(object) ? checked(before) : judged('progressing', unsettled);
  }
  return ready?.status === 'True' ? judged('ready', ready) : { status: 'unknown' };
}

export function judged(status: Status, decided: Condition | undefined): Judgement {
  return {
    status,
    ...(decided?.reason && { reason: decided.reason }),
    ...(decided?.message && { message: redact(decided.message) }),
  };
}

/** The status stays what it was, for the reason it was. */
function checked({ status, reason, message }: Judgement): Judgement {
  return {
    status,
    checking: true,
    ...(reason !== undefined && { reason }),
    ...(message !== undefined && { message }),
  };
}

/** Not wrong, only early: what it needs is expected to come. */
function isWaiting({ reason, message }: Condition): boolean {
  if (reason === 'DependencyNotReady') return true;
  return reason === 'ArtifactFailed' && message.includes('not found, retrying');
}

/** A kind that does not say what it has observed has observed it. */
function isObserved({ generation, status }: ClusterObject): boolean {
  const observed = count(status.observedGeneration);
  return observed === undefined || observed === generation;
}

function isBehind(object: ClusterObject, ready: Condition | undefined): boolean {
  const attempted = attemptedRevision(object);
  return ready?.status === 'True' && attempted !== undefined && attempted !== revisionOf(object);
}

/** Whether a reconcile is of what is applied already, and nobody asked for it. */
function isCheck(object: ClusterObject): boolean {
  const attempted = attemptedRevision(object);
  const requested = text(object.annotations['reconcile.fluxcd.io/requestedAt']);
  return (
    attempted !== undefined &&
    attempted === revisionOf(object) &&
    (requested === undefined || requested === object.status.lastHandledReconcileAt) &&
    isObserved(object)
  );
}
