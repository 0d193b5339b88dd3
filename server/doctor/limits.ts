import { type Finding, ok, warning } from './check.ts';

/** @param low what is too low, each with its cure behind the last colon */
export function judgeLimits(low: readonly string[]): Finding {
  if (low.length === 0) return ok('as a cluster needs them');
  const parts = low.map((each) => /^(.*): (.*)$/s.exec(each));
  const words = parts.map((part) => part?.[1] ?? '').join('; ');
  return warning(words, parts.map((part) => part?.[2] ?? '').join('; '));
}
