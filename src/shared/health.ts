import type { Health } from './flow.ts';
import { kind } from './words.ts';

/** Whether what is known of an object is only what was seen last: the watch that feeds it is down. */
export function isStale({ state, kinds }: Health, key: string): boolean {
  return state === 'stale' && (!kinds || kinds.includes(kind(key)));
}
