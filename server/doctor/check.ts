/** What there is to say of one thing: a line, and what helps where something is wrong. */
export interface Finding {
  /** A warning keeps nobody from the stage; what was skipped could not be asked, or need not be. */
  state: 'ok' | 'warning' | 'failure' | 'skipped';
  words: string;
  cure?: string;
}

/** One thing that has to be right before a talk. */
export interface Check {
  /** One or two words. */
  name: string;
  find: () => Promise<Finding>;
}

/**
 * Asks at the rim, judges in the pure.
 * @param ask changes nothing that an audience could see
 */
export function check<Facts>(
  name: string,
  ask: () => Promise<Facts>,
  judge: (facts: Facts) => Finding,
): Check {
  return { name, find: async () => judge(await ask()) };
}

export function ok(words: string): Finding {
  return { state: 'ok', words };
}

export function warning(words: string, cure?: string): Finding {
  return { state: 'warning', words, ...(cure !== undefined && { cure }) };
}

export function failure(words: string, cure: string): Finding {
  return { state: 'failure', words, cure };
}

export function skipped(words: string): Finding {
  return { state: 'skipped', words };
}

/** What a Mistake says: the sentence that tells it, and the rest, which tells the cure. */
export function taleOf(message: string): { words: string; cure?: string } {
  const [, words, cure] = /^(.*?[^:.])(?:\.\s+|:\s+(?=https?:)|\.?$)(.*)$/s.exec(message) ?? [];
  if (words === undefined) return { words: message };
  return { words, ...(cure && { cure }) };
}
