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

export function createPacedFlow(first: Flow, speed: Pace): PacedFlow {
  let flow = first;
  let pacing: Pacing = startPace(speed);

  const due = (input: Parameters<typeof pace>[1]): Shown[] => {
    const step = pace(pacing, input);
    pacing = step.state;
    return step.due;
  };
  return {
    reset(next) {
      flow = next;
      pacing = startPace(speed);
    },
    events(at, events) {
      flow = reduceAll(
        flow,
        events.flatMap((event) => due({ at, event })),
      );
    },
    at(now) {
      flow = reduceAll(flow, due({ now }));
      return flow;
    },
    waits: () => pacing.planned.length > 0 || pacing.window !== undefined,
  };
}
