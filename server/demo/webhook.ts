import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ApiAnswer, AskApi } from '../api.ts';
import type { OnHappened, Push } from './gitHost.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** One try to deliver a webhook. */
export interface Delivery {
  /** ISO date. */
  at: string;
  repository: string;
  revision: string;
  /** From 1. */
  attempt: number;
  /** HTTP; left out when there was no answer. */
  status?: number;
  delivered: boolean;
  /** What the answer means. Never holds the webhook's path or token. */
  words: string;
  seconds: number;
}

/** POSTs to notification-controller by another way than the API server's proxy. */
export type Forward = (
  path: string,
  body: string,
  headers: Readonly<Record<string, string>>,
) => Promise<ApiAnswer>;

export interface WebhookOptions {
  ask: AskApi;
  receiver: { namespace: string; name: string };
  /** What the Receiver and we sign with. */
  secret: string;
  onHappened: OnHappened;
  onDelivery?: (delivery: Delivery) => void;
  /** Left out where there is none. */
  forward?: Forward;
  /** Milliseconds before each further try. */
  delays?: readonly number[];
}

export interface Webhooks {
  /** Tells the Receiver of a push; a newer push ends the tries for an older one. Never rejects. */
  announce: (push: Push) => Promise<void>;
  /** The last tries, oldest first. */
  log: () => readonly Delivery[];
  close: () => void;
}

const LOG_LENGTH = 50;
const DELAYS = [200, 400, 800, 1600, 3200];
/** Milliseconds that the API server has to answer. */
const ANSWER_LIMIT = 10_000;

export function createWebhooks(options: WebhookOptions): Webhooks {
  const log: Delivery[] = [];
  const state = { stop: new AbortController() };
  const report = (delivery: Delivery) => {
    log.push(delivery);
    if (log.length > LOG_LENGTH) log.shift();
    options.onDelivery?.(delivery);
    if (delivery.status === undefined) return;
    const { status, revision, repository } = delivery;
    options.onHappened({ what: 'webhook', status, revision }, repository);
  };
  return {
    async announce(push) {
      state.stop.abort();
      state.stop = new AbortController();
      await deliver(push, options, report, state.stop.signal);
    },
    log: () => log,
    close: () => state.stop.abort(),
  };
}

async function deliver(
  push: Push,
  options: WebhookOptions,
  report: (delivery: Delivery) => void,
  stop: AbortSignal,
): Promise<void> {
  const delays = options.delays ?? DELAYS;
  const way = { around: false };
  for (let attempt = 1; !stop.aborted; attempt += 1) {
    const began = performance.now();
    const { answer, verdict } = await tryOnce(push, options, way.around);
    if (stop.aborted) return;
    report({
      at: new Date().toISOString(),
      repository: push.repository,
      revision: push.revision,
      attempt,
      ...(answer && { status: answer.status }),
      delivered: verdict.delivered,
      words: verdict.words,
      seconds: Math.round(performance.now() - began) / 1000,
    });
    const delay = delays[attempt - 1];
    const blocked = verdict.next === 'around' && (way.around || !options.forward);
    if (delay === undefined || blocked || verdict.next === 'done' || verdict.next === 'give up')
      return;
    way.around ||= verdict.next === 'around';
    await wait(way.around ? 0 : delay, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function tryOnce(
  push: Push,
  { ask, receiver, secret, forward }: WebhookOptions,
  around: boolean,
): Promise<{ answer?: ApiAnswer; verdict: Verdict }> {
  const path = await inTime(webhookPath(ask, receiver));
  if (typeof path !== 'string') return { verdict: path ?? verdictOf(undefined) };
  const body = JSON.stringify({ ref: push.ref, revision: push.revision });
  const headers = { 'X-Signature': signature(secret, body) };
  const answer = await inTime(
    around && forward
      ? forward(path, body, { ...headers, 'Content-Type': 'application/json' })
      : ask({ method: 'POST', path: `${proxyPath(receiver.namespace)}${path}`, body, headers }),
  );
  return { ...(answer && { answer }), verdict: verdictOf(answer) };
}

/** Read each time: it changes with the Receiver's secret. */
async function webhookPath(
  ask: AskApi,
  { namespace, name }: WebhookOptions['receiver'],
): Promise<string | Verdict> {
  const { status, body } = await ask({
    method: 'GET',
    path: `/apis/notification.toolkit.fluxcd.io/v1/namespaces/${namespace}/receivers/${name}`,
  });
  if (status === 200) {
    const path = /"webhookPath":\s*"(\/hook\/[0-9a-f]{64})"/.exec(body)?.[1];
    if (path !== undefined) return path;
    return { delivered: false, next: 'again', words: 'the Receiver is not ready yet' };
  }
  return {
    delivered: false,
    next: status === 404 || status >= 500 ? 'again' : 'give up',
    words:
      status === 404
        ? `there is no Receiver ${name} in ${namespace}`
        : `the Receiver can’t be read: HTTP ${status}`,
  };
}

/** The API server's way to a Service; its port must be named, or there are “no endpoints”. */
export function proxyPath(namespace: string): string {
  return `/api/v1/namespaces/${namespace}/services/http:webhook-receiver:80/proxy`;
}

/** As a Receiver of type `generic-hmac` checks it. */
export function signature(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Undefined when there was no answer, or none in time. */
async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  const clock = new AbortController();
  const late = wait(ANSWER_LIMIT, undefined, { signal: clock.signal }).catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } catch {
    return undefined;
  } finally {
    clock.abort();
  }
}
