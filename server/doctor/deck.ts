import { type Finding, failure, ok, taleOf } from './check.ts';

/** A talk that was read, or why it can't be. */
export type DeckFacts = { errors: number; size: string } | { mistake: string };

export function judgeDeck(facts: DeckFacts): Finding {
  if ('mistake' in facts) {
    const { words, cure = 'fluxdeck check' } = taleOf(facts.mistake);
    return failure(words, cure);
  }
  const { errors, size } = facts;
  if (errors === 0) return ok(size);
  return failure(`${size}, ${errors} of its problems are errors`, '`fluxdeck check` tells where.');
}
