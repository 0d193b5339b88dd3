import type { Seconds } from '../../src/shared/flow.ts';

const seconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** Go's notation (`1m30s`) in seconds, or undefined of anything else. */
export function duration(written: unknown): Seconds | undefined {
  if (typeof written !== 'string' || !/^([0-9.]+(ms|s|m|h))+$/.test(written)) return undefined;
  return [...written.matchAll(/([0-9.]+)(ms|s|m|h)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (seconds[unit ?? ''] ?? 0),
    0,
  );
}
