import type { Timed } from './event.ts';
import type { FlowEvent, Resource, Seconds } from './flow.ts';
import { leadsTo, STAGES, stageOf } from './stage.ts';

/** An event and when it is shown: not before it happened, and at most 4 s after. */
export interface Shown extends Timed {
  shown: Seconds;
}

/** `visible`: slow enough to follow with the eye. `real`: everything at its own time. */
export type Pace = 'visible' | 'real';

/**
 * Flux is too fast to see: from push to rollout takes it 1.3 s. The pacer sits between feed and
 * reducer. A dot sets off when those that caused it have arrived, and what a dot brings about is
 * shown when it is there. Nothing is lost, and the order of one resource's events is kept.
 */
export interface Pacing {
  readonly pace: Pace;
  readonly now: Seconds;
  /** What came since the window opened: causes among it may still be missing. */
  readonly window?: { opened: Seconds; events: readonly Timed[] };
  /** Settled and not due yet, in the order to show it. */
  readonly planned: readonly Shown[];
  /** When the last dot of each stage arrives. */
  readonly arrivals: readonly Seconds[];
  /** What each resource was last planned to look like, and when. */
  readonly looks: ReadonlyMap<string, { look: string | undefined; shown: Seconds }>;
}

/** How long a dot travels. */
export const HOP: Seconds = 0.6;
/** The streams of the cluster and of the Git host are this much out of order. */
const WINDOW: Seconds = 0.25;
/** What is seen of a resource stays this long before it changes again. */
const DWELL: Seconds = 0.2;
const LATEST: Seconds = 4;

export function startPace(pace: Pace): Pacing {
  return {
    pace,
    now: Number.NEGATIVE_INFINITY,
    planned: [],
    arrivals: STAGES.map(() => Number.NEGATIVE_INFINITY),
    looks: new Map(),
  };
}

/**
 * One more event, or only time that has passed, and what is due by then.
 * Events come in the order of their times; in what portions time passes makes no difference.
 */
export function pace(
  state: Pacing,
  input: Timed | { now: Seconds },
): { state: Pacing; due: Shown[] } {
  if (!('event' in input)) return release(settle(state, input.now));
  return release(take(settle(state, input.at), input));
}

/** All of a run at once: the same as one by one. */
export function pacedAll(events: readonly Timed[], at: Pace): Shown[] {
  const shown: Shown[] = [];
  let state = startPace(at);
  for (const input of [...events, { now: Number.POSITIVE_INFINITY }]) {
    const step = pace(state, input);
    state = step.state;
    shown.push(...step.due);
  }
  return shown;
}

/** What nothing can have caused is shown at once; the rest waits for its window to close. */
function take(state: Pacing, timed: Timed): Pacing {
  if (state.pace === 'real' || isFree(timed.event)) return atOnce(state, timed);
  if (timed.event.type === 'pulse' && stageOf(timed.event) === 0) {
    const [first = state.now, ...others] = state.arrivals;
    const arrivals = [Math.max(first, state.now + HOP), ...others];
    return atOnce({ ...state, arrivals }, timed);
  }
  const opened = state.window?.opened ?? state.now;
  return { ...state, window: { opened, events: [...(state.window?.events ?? []), timed] } };
}

function atOnce(state: Pacing, timed: Timed): Pacing {
  return { ...state, planned: inOrder(state.planned, [{ ...timed, shown: state.now }]) };
}

/** Health, position and markers depend on no dot. */
function isFree({ type }: FlowEvent): boolean {
  return type === 'health' || type === 'position' || type === 'marker';
}

/** Time passes; a window that is over is put in causal order and planned. */
function settle(state: Pacing, time: Seconds): Pacing {
  const now = Math.max(state.now, time);
  if (!state.window || now < state.window.opened + WINDOW) return { ...state, now };
  const { window, ...rest } = state;
  return { ...plan(rest, window.opened, window.events), now };
}

function plan(state: Pacing, opened: Seconds, events: readonly Timed[]): Pacing {
  const arrivals = [...state.arrivals];
  const looks = new Map([...state.looks].filter(([, { shown }]) => shown + DWELL > opened));
  const fit = (ready: Seconds) => Math.min(Math.max(opened + WINDOW, ready), opened + LATEST);
  const settled = inCausalOrder(events).map((timed): Shown => {
    const { event } = timed;
    if (event.type === 'pulse') {
      const stage = stageOf(event);
      const shown = fit(Math.max(...arrivals.slice(0, stage)));
      arrivals[stage] = Math.max(arrivals[stage] ?? shown, shown + HOP);
      return { ...timed, shown };
    }
    const arrived = Math.max(...arrivals.slice(0, leadsTo(event).last + 1));
    const key = keyOf(event);
    if (key === undefined) return { ...timed, shown: fit(arrived) };
    const before = looks.get(key);
    const look = event.type === 'changed' ? lookOf(event.resource) : before?.look;
    const dwell = before?.look === undefined || look === before.look ? 0 : DWELL;
    const shown = fit(before ? Math.max(arrived, before.shown + dwell) : arrived);
    looks.set(key, { look, shown });
    return { ...timed, shown };
  });
  return { ...state, arrivals, looks, planned: inOrder(state.planned, settled) };
}

/**
 * Causes before what they bring about, whatever order the streams delivered. What comes to
 * a resource by its own stream (an artifact, an attempt) is in order already: what the resource
 * was before is shown before that dot.
 */
function inCausalOrder(events: readonly Timed[]): Timed[] {
  const began: Seconds[] = STAGES.map(() => Number.POSITIVE_INFINITY);
  for (const { at, event } of events) {
    if (event.type !== 'pulse') continue;
    const stage = stageOf(event);
    began[stage] = Math.min(began[stage] ?? at, at);
  }
  const ranks = new Map<string, number>();
  const rank = ({ at, event }: Timed): number => {
    if (event.type === 'pulse') return stageOf(event);
    const { first, last } = leadsTo(event);
    const key = keyOf(event) ?? '';
    const own = 0.5 + (last >= 0 && (began[last] ?? at) <= at ? last : first);
    const kept = Math.max(own, ranks.get(key) ?? own);
    ranks.set(key, kept);
    return kept;
  };
  return events
    .map((timed) => ({ timed, rank: rank(timed) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ timed }) => timed);
}

function release(state: Pacing): { state: Pacing; due: Shown[] } {
  const later = state.planned.findIndex(({ shown }) => shown > state.now);
  if (later === 0) return { state, due: [] };
  const end = later < 0 ? state.planned.length : later;
  return {
    state: { ...state, planned: state.planned.slice(end) },
    due: state.planned.slice(0, end),
  };
}

function inOrder(planned: readonly Shown[], more: readonly Shown[]): Shown[] {
  return [...planned, ...more].toSorted((a, b) => a.shown - b.shown);
}

function keyOf(event: FlowEvent): string | undefined {
  if (event.type === 'changed') return event.resource.key;
  return event.type === 'removed' || event.type === 'notice' ? event.key : undefined;
}

function lookOf({ status, ready, total }: Resource): string {
  return `${status} ${ready}/${total}`;
}
