import type { Seconds } from '../../../src/shared/flow.ts';
import { Mistake, systemCode } from '../../mistake.ts';
import type { Access } from './access.ts';
import { backoff } from './backoff.ts';
import type { LinkState, Trial } from './health.ts';
import { openSession, type Session } from './session.ts';
import { type Schedule, wait } from './wait.ts';

/** The connection to a cluster, made again whenever it is lost. */
export interface Link {
  /** The session that there is, or the next one. @throws once the link has ended */
  session: () => Promise<Session>;
  /** Waits so many seconds; not so long when the connection is another meanwhile. */
  pause: (after: Seconds) => Promise<void>;
  /** Whether the connection is so new that what is refused may pass. */
  isOnTrial: () => boolean;
  /** The server does not accept our credentials: perhaps there are newer ones. */
  distrust: () => void;
  /** Connects anew. */
  renew: () => void;
}

export interface LinkOptions {
  open: () => Promise<Access>;
  clock: () => Seconds;
  schedule: Schedule;
  random: () => number;
  onState: (state: LinkState) => void;
  /** Ends it. */
  signal: AbortSignal;
}

/** A laptop that wakes from sleep: what it believes connected is not. */
const asleep: Seconds = 10;
const beat: Seconds = 1;
/** A session that ends sooner was none. */
const brief: Seconds = 5;
/** The cluster may be back at any moment, and is asked in vain at little cost. */
const slowest: Seconds = 2;
/** How long a refusal may pass: of a server that was there, and of one that perhaps was not. */
const trialOfKnown: Seconds = 3;
const trialOfNew: Seconds = 10;

export function keepLink(options: LinkOptions): Link {
  const { clock, schedule, random, onState, signal } = options;
  let access: Access | undefined;
  let isDoubted = false;
  let isDown = false;
  let failures = 0;
  let trial: Trial = { from: Number.NEGATIVE_INFINITY, until: Number.NEGATIVE_INFINITY };
  let attempt = new AbortController();
  let pauses = new AbortController();
  let current = pending<Session>();
  void keep();
  void watchOver();

  return {
    session: () => current.promise,
    pause: (after) => wait(schedule, after, AbortSignal.any([signal, pauses.signal])),
    isOnTrial: () => clock() < trial.until,
    distrust: () => void doubt(),
    renew,
  };

  async function keep(): Promise<void> {
    while (!signal.aborted) {
      attempt = new AbortController();
      const end = AbortSignal.any([signal, attempt.signal]);
      const began = clock();
      try {
        access ??= await options.open();
        await hold(await openSession(access, schedule, end), end);
        failures = clock() - began < brief ? failures + 1 : 0;
      } catch (error) {
        failures += 1;
        if (!end.aborted) down(inWords(error));
      }
      if (failures > 0) {
        await wait(schedule, Math.min(slowest, backoff(failures, random())), end);
      }
    }
    current.reject(new Error('the watch has ended'));
  }

  /** Until the session ends, by itself or because another is wanted. */
  async function hold(session: Session, end: AbortSignal): Promise<void> {
    if (end.aborted) return session.close();
    end.addEventListener('abort', session.close, { once: true });
    const from = clock();
    if (isDown) trial = { from, until: from + trialOfNew };
    // Who is hung up on again and again is not on trial for ever.
    else if (failures === 0) trial = { from, until: from + trialOfKnown };
    isDown = false;
    onState({ type: 'up', trial });
    current.resolve(session);
    endPauses();
    const why = await session.ended;
    current = pending();
    if (why === 'silent') down('The cluster does not answer');
    else onState({ type: 'lost', since: clock(), trial });
  }

  function down(text: string): void {
    isDown = true;
    onState({ type: 'down', text });
  }

  function renew(): void {
    attempt.abort();
    endPauses();
  }

  function endPauses(): void {
    const ended = pauses;
    pauses = new AbortController();
    ended.abort();
  }

  /** Looks after what no socket tells: sleep, and files that have changed. */
  async function watchOver(): Promise<void> {
    let last = clock();
    while (!signal.aborted) {
      await wait(schedule, beat, signal);
      const now = clock();
      if (now - last > asleep) renew();
      last = now;
      if (access && !(await access.isCurrent())) {
        access = undefined;
        renew();
      }
    }
  }

  async function doubt(): Promise<void> {
    if (isDoubted || !access) return;
    isDoubted = true;
    try {
      const doubted = access;
      const fresh = await options.open();
      if (access === doubted && (await credentials(fresh)) !== (await credentials(doubted))) {
        access = fresh;
        renew();
      }
    } catch {
      // Then the old ones are all there is.
    } finally {
      isDoubted = false;
    }
  }
}

async function credentials({ tls, headers }: Access): Promise<string> {
  return JSON.stringify([await tls(), await headers()]);
}

const untrusted =
  /^(SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_(GET|VERIFY)|CERT_|ERR_TLS_CERT|HOSTNAME_MISMATCH)/;

/** Nothing of the cluster's address is in it: it is read aloud. */
function inWords(error: unknown): string {
  if (error instanceof Mistake) return 'The kubeconfig has no way to the cluster';
  return untrusted.test(systemCode(error) ?? '')
    ? 'The cluster’s certificate is not trusted'
    : 'The cluster does not answer';
}

interface Pending<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: Error) => void;
}

function pending<T>(): Pending<T> {
  const made = Promise.withResolvers<T>();
  // Nobody need wait for it.
  made.promise.catch(() => {});
  return made;
}
