import type { FlowEvent, Role, Seconds } from '../../src/shared/flow.ts';

/** Delivery and request are parts of one webhook when they are this close, in either order. */
const together: Seconds = 2;

/** The webhooks of the last moments, oldest first. */
export type Webhooks = readonly Webhook[];

/**
 * A webhook is seen twice: the Git host has delivered it, and notification-controller has asked
 * each of its Receiver's objects to reconcile. Whichever comes first tells of it.
 */
interface Webhook {
  at: Seconds;
  repository?: string;
  delivered: boolean;
  /** Keys of the objects that were asked to reconcile. */
  asked: readonly string[];
}

export const noWebhooks: Webhooks = [];

/** The Git host has delivered a webhook. `key` is the source it is for, where that is known. */
export function delivered(
  webhooks: Webhooks,
  delivery: { at: Seconds; repository: string; key?: string },
): [Webhooks, FlowEvent[]] {
  const { at, repository, key } = delivery;
  return met(
    recent(webhooks, at),
    (webhook) => !webhook.delivered && (webhook.repository ?? repository) === repository,
    (webhook) => ({ ...webhook, repository, delivered: true }),
    { at, repository, delivered: true, asked: [] },
    hops('source', key),
  );
}

/** notification-controller has asked the object to reconcile. */
export function requested(
  webhooks: Webhooks,
  request: { at: Seconds; repository?: string; key: string; role: Role },
): [Webhooks, FlowEvent[]] {
  const { at, repository, key, role } = request;
  return met(
    recent(webhooks, at),
    (webhook) =>
      !webhook.asked.includes(key) &&
      (webhook.repository === undefined ||
        repository === undefined ||
        webhook.repository === repository),
    (webhook) => ({ ...webhook, asked: [...webhook.asked, key] }),
    { at, delivered: false, asked: [key], ...(repository !== undefined && { repository }) },
    hops(role, key),
  );
}

/** The other half of a webhook that is known already changes it and tells nothing. */
function met(
  webhooks: Webhooks,
  isIt: (webhook: Webhook) => boolean,
  joined: (webhook: Webhook) => Webhook,
  fresh: Webhook,
  events: FlowEvent[],
): [Webhooks, FlowEvent[]] {
  const index = webhooks.findIndex(isIt);
  const known = webhooks[index];
  return known ? [webhooks.with(index, joined(known)), []] : [[...webhooks, fresh], events];
}

function recent(webhooks: Webhooks, at: Seconds): Webhooks {
  return webhooks.filter((webhook) => Math.abs(at - webhook.at) <= together);
}

function hops(target: Role, key: string | undefined): FlowEvent[] {
  const way: readonly Role[] = ['git', 'webhook', 'receiver', target];
  return way.slice(1).map((to, index) => ({
    type: 'pulse',
    from: way[index] ?? to,
    to,
    why: 'webhook',
    ...(key !== undefined && { key }),
  }));
}
