import type { Seconds } from '../../src/shared/flow.ts';

/** When the replay is, in seconds since its beginning, and how to be called later. */
export interface ReplayTime {
  clock: () => Seconds;
  /** Calls once after so many seconds, unless what it returns is called before. */
  schedule: (after: Seconds, run: () => void) => () => void;
}

/** Plays what was seen or told at the times it has, in place of a cluster. Returns how to stop. */
export function replay<T extends { at: Seconds }>(
  run: readonly T[],
  { clock, schedule }: ReplayTime,
  played: (one: T) => void,
): () => void {
  let next = 0;
  let cancel = () => {};
  const play = () => {
    for (;;) {
      const one = run[next];
      if (!one) return;
      const wait = one.at - clock();
      if (wait > 0) {
        cancel = schedule(wait, play);
        return;
      }
      next += 1;
      played(one);
    }
  };
  play();
  return () => {
    next = run.length;
    cancel();
  };
}
