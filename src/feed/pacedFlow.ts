import type { Flow, FlowEvent, Seconds } from '../shared/flow.ts';
import { type Pace, type Pacing, pace, type Shown, startPace } from '../shared/pace.ts';
import { reduceAll } from '../shared/reduce.ts';

/** A flow that live events come to, at a pace that the eye can follow. */
export interface PacedFlow {
  reset(flow: Flow): void;
  events(at: Seconds, events: readonly FlowEvent[]): void;
  /** The flow at a moment; moments only go forward between resets. */
  at(now: Seconds): Flow;
  /** Whether something told is not shown yet. */
  waits(): boolean;
}

/** A page that nobody looks at paints nothing, and hears on. */
const MOST_PENDING = 1000;

export function createPacedFlow(first: Flow, speed: Pace): PacedFlow {
  let flow = first;
  let pacing: Pacing = startPace(speed);
  /** Due, but not reduced before somebody looks: a batch costs little more than one event. */
  let pending: Shown[] = [];

  const take = (input: Parameters<typeof pace>[1]) => {
    const step = pace(pacing, input);
    pacing = step.state;
    pending.push(...step.due);
  };
  const settle = () => {
    flow = reduceAll(flow, pending);
    pending = [];
  };
  return {
    reset(next) {
      flow = next;
      pacing = startPace(speed);
      pending = [];
    },
    events(at, events) {
      for (const event of events) take({ at, event });
      if (pending.length > MOST_PENDING) settle();
    },
    at(now) {
      take({ now });
      settle();
      return flow;
    },
    waits: () => pacing.planned.length > 0 || pacing.window !== undefined,
  };
}
