import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds between two looks at what tells nobody when it changes. */
const PAUSE = 50;

/** It will never come. */
export class Hopeless extends Error {
  override name = 'Hopeless';
}

/**
 * Asks until there is an answer; what can't be asked yet has none.
 * @param limit seconds
 * @throws when there is none in time, or what was asked is hopeless
 */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined | false> | Answer | undefined | false,
  limit = 60,
): Promise<Answer> {
  const begun = performance.now();
  for (;;) {
    let why = '';
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      if (error instanceof Hopeless) throw error;
      why = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (performance.now() - begun > limit * 1000) {
      throw new Error(`Waited ${limit} s for ${what}${why}`);
    }
    await wait(PAUSE);
  }
}
