import type { Health, Seconds } from '../../../src/shared/flow.ts';
import type { AskApi } from '../../api.ts';
import type { Observation } from '../observation.ts';
import { redact } from '../redact.ts';
import type { Access } from './access.ts';
import { bodyOf } from './carrier.ts';
import { beginComplaints } from './complaint.ts';
import { follow } from './follow.ts';
import { GRACE, healthOf, type KindState, type LinkState } from './health.ts';
import type { WatchedKind } from './kinds.ts';
import { keepLink } from './link.ts';
import { type Schedule, wait } from './wait.ts';

export interface WatchOptions {
  /** Opens the cluster, again whenever its credentials have changed: see `accessOpener`. */
  open: () => Promise<Access>;
  kinds: readonly WatchedKind[];
  /** Seconds since the feed's beginning, by a clock that goes on while the machine sleeps. */
  clock: () => Seconds;
  schedule: Schedule;
  /** From 0 up to 1. */
  random?: () => number;
  onObservation: (observation: Observation) => void;
  /** Told first at once, then whenever it is another. */
  onHealth: (health: Health) => void;
  /** What went wrong, for the person at the terminal: redacted, one line. */
  log?: (line: string) => void;
}

export interface ClusterWatch {
  /** Requests go over the connection that the watches have. */
  ask: AskApi;
  /** Connects anew, as after sleep. */
  wake: () => void;
  /** From now on nothing is told any more. */
  stop: () => void;
}

/** How long a request waits for a connection, and then for its answer. */
const patience: Seconds = 5;
const longest: Seconds = 30;

/** Watches a cluster until it is told to stop: what happens to it meanwhile, it goes on. */
export function watchCluster(options: WatchOptions): ClusterWatch {
  const { clock, schedule, random = Math.random } = options;
  const end = new AbortController();
  const { signal } = end;
  const states = new Map<string, KindState>();
  let linkState: LinkState = { type: 'connecting' };
  let told: Health | undefined;
  let cancelReview = () => {};
  const complaints = beginComplaints();

  const link = keepLink({
    open: options.open,
    clock,
    schedule,
    random,
    signal,
    onState: (state) => {
      linkState = state;
      review();
    },
  });
  for (const kind of options.kinds) {
    void follow(kind, {
      link,
      clock,
      random,
      signal,
      log,
      became: (state) => {
        states.set(kind.kind, state);
        review();
      },
      tell: (change, object) => {
        if (signal.aborted) return;
        const observed = { at: clock(), type: 'watch', kind: kind.kind, change } as const;
        guarded(() =>
          options.onObservation(object === undefined ? observed : { ...observed, object }),
        );
      },
    });
  }
  review();

  return {
    ask,
    wake: link.renew,
    stop: () => {
      end.abort();
      cancelReview();
    },
  };

  /** Tells the health if it has changed, and looks again when patience with something ends. */
  function review(): void {
    if (signal.aborted) return;
    const before = told ?? { state: 'stale', text: '' };
    const now = clock();
    for (const line of complaints.due(linkState, states, now)) log(line);
    const health = healthOf(linkState, states, now, before);
    if (JSON.stringify(health) !== JSON.stringify(told)) {
      told = health;
      guarded(() => options.onHealth(health));
    }
    cancelReview();
    const isWaiting =
      linkState.type === 'lost' ||
      (linkState.type === 'up' && now < linkState.trial.until) ||
      complaints.isWaiting() ||
      [...states.values()].some(({ type }) => type === 'pending');
    if (isWaiting) cancelReview = schedule(GRACE / 4, review);
  }

  /** A listener that throws is told of, and the watch goes on. */
  function guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      log(`what was seen could not be taken in: ${String(error)}`);
    }
  }

  function log(line: string): void {
    try {
      options.log?.(redact(line));
    } catch {
      // Who can't listen need not hear.
    }
  }

  async function ask(request: Parameters<AskApi>[0]): ReturnType<AskApi> {
    const done = new AbortController();
    const limit = AbortSignal.any([signal, done.signal]);
    try {
      const session = await Promise.race([link.session(), late(patience, limit)]);
      const answered = session
        .open(request, limit)
        .then(async (answer) => ({ status: answer.status, body: await bodyOf(answer) }));
      const answer = await Promise.race([answered, late(longest, limit)]);
      if (answer.status === 401) link.distrust();
      return answer;
    } finally {
      done.abort();
    }
  }

  async function late(after: Seconds, limit: AbortSignal): Promise<never> {
    await wait(schedule, after, limit);
    throw new Error('The cluster does not answer');
  }
}
