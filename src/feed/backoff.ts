import type { Seconds } from '../shared/flow.ts';

const FIRST: Seconds = 0.5;
const LONGEST: Seconds = 8;

/**
 * How long to wait after so many failures in a row: anywhere up to a bound that doubles, so that
 * a hall full of pages does not come back at one moment. `random` is from 0 up to 1.
 */
export function backoff(failures: number, random: number): Seconds {
  return random * Math.min(LONGEST, FIRST * 2 ** failures);
}
