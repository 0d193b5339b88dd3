import type { Role, Seconds } from '../../src/shared/flow.ts';
import { repositoryOf } from './git.ts';
import { type ClusterObject, fields, text } from './object.ts';
import type { Known, State, Step } from './state.ts';
import { requested } from './webhook.ts';

const requestedAt = 'reconcile.fluxcd.io/requestedAt';

/** Who asked for a reconcile shows in who owns the annotation: Receivers act through one manager. */
export function requestOf(
  object: ClusterObject,
): { value: string; isWebhook: boolean } | undefined {
  const value = text(object.annotations[requestedAt]);
  if (value === undefined) return undefined;
  const isWebhook = object.managers.some(
    ({ manager, fields: owned }) =>
      manager === 'notification-controller' &&
      fields(fields(owned['f:metadata'])['f:annotations'])[`f:${requestedAt}`] !== undefined,
  );
  return { value, isWebhook };
}

/** When somebody last asked for a reconcile of the object, other than a webhook. */
export function askedAt(
  object: ClusterObject,
  at: Seconds,
  before: Known | undefined,
): Seconds | undefined {
  const request = requestOf(object);
  const isNew = before !== undefined && request !== undefined && request.value !== before.requested;
  return isNew && !request.isWebhook ? at : before?.asked;
}

/** The end of a webhook's way, if it was a Receiver that has asked the object to reconcile. */
export function asking(
  state: State,
  { at, object, role }: { at: Seconds; object: ClusterObject; role: Role },
  before: Known | undefined,
): Step {
  const request = requestOf(object);
  const isNew = before !== undefined && request?.value !== before.requested;
  if (!isNew || !request?.isWebhook) return { state, events: [] };
  const repository = repositoryOf(object);
  const about = { key: object.key, role, ...(repository !== undefined && { repository }) };
  const [webhooks, events] = requested(state.git.webhooks, { at, ...about });
  return { state: { ...state, git: { ...state.git, webhooks } }, events };
}
