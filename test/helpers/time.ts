import type { Seconds } from '../../src/shared/flow.ts';

/** Time that passes when a test says so. */
export interface FakeTime {
  clock: () => Seconds;
  schedule: (after: Seconds, run: () => void) => () => void;
  /** Runs what falls due on the way, in order. */
  pass: (seconds: Seconds) => void;
}

export function fakeTime(): FakeTime {
  let now = 0;
  let timers: { at: Seconds; run: () => void }[] = [];
  return {
    clock: () => now,
    schedule: (after, run) => {
      const timer = { at: now + after, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    pass: (seconds) => {
      const until = now + seconds;
      for (;;) {
        const next = timers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((each) => each !== next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = until;
    },
  };
}
