import type { Seconds } from '../../src/shared/flow.ts';
import type { Observation } from './observation.ts';

/** When the replay is, in seconds since its beginning, and how to be called later. */
export interface ReplayTime {
  clock: () => Seconds;
  /** Calls once after so many seconds, unless what it returns is called before. */
  schedule: (after: Seconds, run: () => void) => () => void;
}

/** Plays observations at the times they have, in place of a cluster. Returns how to stop. */
export function replay(
  observations: readonly Observation[],
  { clock, schedule }: ReplayTime,
  observed: (observation: Observation) => void,
): () => void {
  let next = 0;
  let cancel = () => {};
  const play = () => {
    for (;;) {
      const observation = observations[next];
      if (!observation) return;
      const wait = observation.at - clock();
      if (wait > 0) {
        cancel = schedule(wait, play);
        return;
      }
      next += 1;
      observed(observation);
    }
  };
  play();
  return () => {
    next = observations.length;
    cancel();
  };
}
