import type { Seconds } from './flow.ts';
import { age, ago, span } from './words.ts';

/** Says times as seen from one moment, and remembers when the first of them will read differently. */
export interface Clock {
  /** `just now`, `2 s ago` */
  ago(at: Seconds): string;
  /** `12 s`: how long it has been so */
  since(at: Seconds): string;
  /** `12 s`: how long until then; undefined once it is past */
  until(at: Seconds): string | undefined;
  next(): Seconds | undefined;
}

/** Closer than this two times are one: a sum of times must not miss the moment that it names. */
const GRAIN: Seconds = 1e-6;

export function clockAt(now: Seconds): Clock {
  let next = Number.POSITIVE_INFINITY;
  const passed = (at: Seconds): Seconds => {
    const seconds = Math.max(0, now - at + GRAIN);
    const unit = seconds < 120 ? 1 : 60;
    next = Math.min(next, at + (Math.floor(seconds / unit) + 1) * unit);
    return seconds;
  };
  return {
    ago: (at) => ago(passed(at)),
    since: (at) => age(passed(at)),
    until(at) {
      const left = Math.ceil(at - now - GRAIN);
      if (!(left > 0 && Number.isFinite(left))) return undefined;
      next = Math.min(next, at - (left - 1));
      return span(left);
    },
    next: () => (Number.isFinite(next) ? next : undefined),
  };
}
