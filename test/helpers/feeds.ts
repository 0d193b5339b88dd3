import { createHub } from '../../server/hub.ts';
import { createLive } from '../../src/feed/live.ts';
import type { Timed } from '../../src/shared/event.ts';
import type { Flow, Seconds } from '../../src/shared/flow.ts';
import { type Pace, pace, startPace } from '../../src/shared/pace.ts';
import { createPlayer } from '../../src/shared/player.ts';
import { parseRecording, type Recording, stringifyRecording } from '../../src/shared/recording.ts';
import { empty, reduce } from '../../src/shared/reduce.ts';
import { socketPair } from './socket.ts';
import { fakeTime } from './time.ts';

/** One way to watch a run: what it shows at a moment. */
export type Watch = (run: readonly Timed[], at: Seconds) => Flow;

export const STARTED = '2026-08-07T13:37:00.000Z';
/** Long enough for the hub's last frame to be sent. */
const A_FRAME: Seconds = 0.02;
const HEALTH = { state: 'recorded', text: 'Recorded 2026-08-07' } as const;

export const nothing: Flow = empty(HEALTH);

export function recordingOf(run: readonly Timed[]): Recording {
  return {
    title: 'Run',
    started: STARTED,
    flow: { resources: [], health: HEALTH },
    events: [...run],
  };
}

/** Event by event, as they happened. */
export const witness: Watch = (run, at) =>
  run.reduce(
    (flow, timed) => (timed.at <= at ? reduce(flow, timed.event, timed.at) : flow),
    nothing,
  );

/** Event by event, time passing in small steps between them, as a page does it. */
export function pacedWitness(kind: Pace, tick: Seconds): Watch {
  return (run, at) => {
    let flow = nothing;
    let state = startPace(kind);
    const feed = (input: Timed | { now: Seconds }) => {
      const step = pace(state, input);
      state = step.state;
      for (const { event, at: when, shown } of step.due) flow = reduce(flow, event, when, shown);
    };
    let now = 0;
    for (const timed of run.filter((each) => each.at <= at)) {
      for (; now < timed.at; now += tick) feed({ now });
      feed(timed);
    }
    for (; now < at; now += tick) feed({ now });
    feed({ now: at });
    return flow;
  };
}

/** From a recording's text, going straight to the moment. */
export function seeker(kind: Pace): Watch {
  return (run, at) => {
    const parsed = parseRecording(stringifyRecording(recordingOf(run)));
    if ('problem' in parsed) throw new Error(parsed.problem.text);
    return createPlayer(parsed.recording, { pace: kind, shorten: false }).flowAt(at);
  };
}

/** Over the wire, from a hub; who joins at `join` was not there before. */
export function liveWitness(join: Seconds): Watch {
  return (run, at) => {
    const time = fakeTime();
    const hub = createHub({
      ...time,
      started: STARTED,
      health: HEALTH,
      show: { feed: 'live' },
    });
    let flow = nothing;
    const watchFromNow = () => {
      const { client, server } = socketPair();
      hub.subscribe(server);
      return createLive({
        ...time,
        open: () => client,
        random: () => 0.5,
        onWake: () => () => {},
        listener: {
          reset: (reset) => {
            flow = reset.flow;
          },
          events: (when, events) => {
            for (const event of events) flow = reduce(flow, event, when);
          },
          scene: () => {},
          show: () => {},
          told: () => {},
          deck: () => {},
          offer: () => undefined,
          remarks: () => undefined,
        },
      });
    };
    let joined = false;
    for (const timed of run.filter((each) => each.at <= at)) {
      if (!joined && timed.at >= join) {
        watchFromNow();
        joined = true;
      }
      time.pass(timed.at - time.clock());
      hub.publish(timed.at, [timed.event]);
    }
    if (!joined) watchFromNow();
    time.pass(at - time.clock() + A_FRAME);
    return flow;
  };
}
