import type { Seconds } from '../../src/shared/flow.ts';
import type { Observation } from './observation.ts';

/** A clock, and what it can wake. `now` is in seconds since the replay's beginning. */
export interface Clock {
  now(): Seconds;
  /** Calls once after so many seconds, unless what it returns is called before. */
  after(delay: Seconds, wake: () => void): () => void;
}

/** Plays observations at the times they have, in place of a cluster. Returns how to stop. */
export function replay(
  observations: readonly Observation[],
  clock: Clock,
  told: (observation: Observation) => void,
): () => void {
  let next = 0;
  let stop = () => {};
  const play = () => {
    for (;;) {
      const observation = observations[next];
      if (!observation) return;
      const delay = observation.at - clock.now();
      if (delay > 0) {
        stop = clock.after(delay, play);
        return;
      }
      next += 1;
      told(observation);
    }
  };
  play();
  return () => {
    next = observations.length;
    stop();
  };
}
