import type { Timed } from './event.ts';
import type { Flow, Health, Seconds } from './flow.ts';
import { type Pace, pacedAll, type Shown } from './pace.ts';
import type { Recording } from './recording.ts';
import { atRest, empty, reduce } from './reduce.ts';
import { type Scene, scenes } from './scene.ts';
import { shortened, type Timeline, unshortened } from './silence.ts';

export interface PlayerOptions {
  pace: Pace;
  /** Silences of more than 2 s take 2 s. */
  shorten: boolean;
}

/** A part of a recording, or all of it, as a function of time. */
export interface Track {
  from: Seconds;
  /** When nothing more is to be shown; the dots of the last event included. */
  to: Seconds;
  /** How long it takes on the glass. */
  duration: Seconds;
  /** Between time on the glass, from 0, and recorded time. */
  timeline: Timeline;
  /** What it shows before it begins. */
  rest: Flow;
  /** Going to a moment, from either side, and playing up to it give the same flow. */
  flowAt: (at: Seconds) => Flow;
}

export interface Player extends Track {
  scenes: readonly Scene[];
  /** The first scene of that name: it begins at rest and shows nothing of what was before. */
  scene: (name: string) => Track | undefined;
}

/** Steps between two kept flows: seeking back never costs more. */
const STRIDE = 64;
/** The last dot's way, and a moment to see where it arrived. */
const LINGER: Seconds = 1;

/** Plays a recording. Nothing in it is ever `live`: what was, is `recorded`. */
export function createPlayer(recording: Recording, options: PlayerOptions): Player {
  const events = recording.events.map((timed) => asRecorded(timed, recording.started));
  const health = recordedHealth(recording.flow.health, recording.started);
  const resources = new Map(recording.flow.resources.map((each) => [each.key, each]));
  const first: Flow = { ...empty(health), resources };
  const parts = scenes({ events });
  const truth = cursor(first, pacedAll(events, 'real'));
  return {
    ...track(first, Math.min(0, events[0]?.at ?? 0), events, options),
    scenes: parts,
    scene: (name) => {
      const part = parts.find((each) => each.name === name);
      if (!part) return undefined;
      const before = atRest(truth(part.first));
      return track(before, part.from, events.slice(part.first, part.end), options);
    },
  };
}

function track(
  first: Flow,
  from: Seconds,
  events: readonly Timed[],
  { pace, shorten }: PlayerOptions,
): Track {
  const steps = pacedAll(events, pace);
  const times = steps.map(({ shown }) => shown);
  const last = times.at(-1);
  const to = last === undefined ? from : last + LINGER;
  const timeline = shorten ? shortened(from, times) : unshortened(from);
  const flowAfter = cursor(first, steps);
  return {
    from,
    to,
    duration: timeline.elapsed(to),
    timeline,
    rest: atRest(first),
    flowAt: (at) => flowAfter(countUpTo(times, at)),
  };
}

/** The flow after so many steps: a cursor that goes on, and kept flows to go back to. */
function cursor(first: Flow, steps: readonly Shown[]): (count: number) => Flow {
  const kept: Flow[] = [first];
  let flow = first;
  let done = 0;
  return (count) => {
    const stride = Math.min(Math.floor(count / STRIDE), kept.length - 1);
    if (count < done || stride * STRIDE > done) {
      flow = kept[stride] ?? first;
      done = stride * STRIDE;
    }
    for (const { event, at, shown } of steps.slice(done, count)) {
      flow = reduce(flow, event, at, shown);
      done += 1;
      if (done % STRIDE === 0 && done / STRIDE === kept.length) kept.push(flow);
    }
    return flow;
  };
}

function countUpTo(times: readonly Seconds[], at: Seconds): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? at) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What was live when it was recorded is not live now; what was stale then is stale for good. */
export function asRecorded({ at, event }: Timed, started: string): Timed {
  return event.type === 'health'
    ? { at, event: { type: 'health', ...recordedHealth(event, started) } }
    : { at, event };
}

/** How far a run of that day (an ISO date) can be trusted. */
export function recordedOn(started: string): Health {
  return { state: 'recorded', text: `Recorded ${started.slice(0, 10)}` };
}

/** How far what was known in a run of that day (an ISO date) can be trusted. */
export function recordedHealth({ kinds, ...health }: Health, started: string): Health {
  const { state, text } = health.state === 'stale' ? health : recordedOn(started);
  return kinds ? { state, kinds, text } : { state, text };
}
