import type { Flow, Line, Seconds } from './flow.ts';

/**
 * The lines of what happened, oldest first: those that are to be read by now and have each word
 * that is wanted, in their own words or in the kind, namespace or name of what they are about.
 */
export function happened({ happened: all = [] }: Flow, now: Seconds, wanted: string): Line[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ at, shown = at, text, key = '' }) => {
    if (shown > now) return false;
    const told = `${text} ${key}`.toLowerCase();
    return words.every((word) => told.includes(word));
  });
}
