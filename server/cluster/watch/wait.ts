import type { Seconds } from '../../../src/shared/flow.ts';

/** Runs something once, after so many seconds, unless cancelled by what it returns. */
export type Schedule = (after: Seconds, run: () => void) => () => void;

/** Resolves after so many seconds, or as soon as the signal is given. */
export function wait(schedule: Schedule, after: Seconds, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = schedule(after, end);
    signal.addEventListener('abort', end, { once: true });
  });
}
