import type { AskApi } from '../api.ts';
import { at, parsed } from './apiValue.ts';
import { type Finding, ok, skipped, warning } from './check.ts';

/** Seconds; what Flux says and what we say are compared by both clocks. */
const TOLERATED = 5;

/**
 * Seconds that the cluster's clock is ahead of ours; undefined when it does not tell. It stamps the
 * answer to “who am I”, which everybody may ask and nobody keeps.
 * @param now milliseconds since 1970
 */
export async function clockAhead(ask: AskApi, now: () => number): Promise<number | undefined> {
  const before = now();
  const answer = await ask({
    method: 'POST',
    path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    body: '{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}',
  });
  const after = now();
  const stamp = at(parsed(answer.body), 'metadata', 'creationTimestamp');
  const theirs = typeof stamp === 'string' ? Date.parse(stamp) : Number.NaN;
  if (Number.isNaN(theirs)) return undefined;
  // Stamps are cut to whole seconds.
  return (theirs + 500 - (before + after) / 2) / 1000;
}

/** @param ahead undefined when there was nobody to compare with */
export function judgeClock(ahead: number | undefined): Finding {
  if (ahead === undefined) return skipped('no cluster tells its time');
  const apart = Math.round(Math.abs(ahead));
  if (apart < TOLERATED) return ok('this machine and the cluster agree');
  return warning(
    `the cluster’s clock is ${apart} s ${ahead > 0 ? 'ahead of' : 'behind'} this machine’s`,
    'Let both be set by the network’s time; Docker Desktop has to be restarted after a long sleep.',
  );
}
