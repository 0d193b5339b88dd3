import type { Seconds } from '../../../src/shared/flow.ts';

const first: Seconds = 0.5;
/** Whatever was wrong: once it is right, the stage shows it within 5 s. */
const longest: Seconds = 3;

/**
 * How long to wait after so many failures in a row: anywhere up to a bound that doubles, so that
 * a dozen watches do not come back at one moment. `random` is from 0 up to 1.
 */
export function backoff(failures: number, random: number): Seconds {
  return random * Math.min(longest, first * 2 ** Math.max(0, failures - 1));
}
