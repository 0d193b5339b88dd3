import { type Deck, placed } from '../deck/deck.ts';
import type { Problem } from '../deck/problem.ts';

/** A deck as it is checked: what the author wrote, and what came of it. */
export interface Draft {
  deck: Deck;
  /** With all that it includes. */
  text: string;
  /** One `<section>` a slide. */
  sections: readonly string[];
}

/** A warning on a slide: where it names something, otherwise at its headline. */
export function warn(
  { deck, text }: Pick<Draft, 'deck' | 'text'>,
  slide: number,
  told: Pick<Problem, 'message' | 'cure'>,
  named?: string,
): Problem {
  const first = deck.slides[slide]?.line ?? 1;
  const end = deck.slides[slide + 1]?.line;
  const lines = text.split('\n').slice(first - 1, end === undefined ? undefined : end - 1);
  const at = named === undefined ? -1 : lines.findIndex((line) => line.includes(named));
  const column = at < 0 ? 0 : (lines[at]?.indexOf(named ?? '') ?? 0);
  const place = { file: deck.file, line: first + Math.max(0, at), column: column + 1 };
  const id = deck.slides[slide]?.id;
  return {
    ...placed(deck, { ...place, severity: 'warning', ...told }),
    ...(id !== undefined && { slide: id }),
  };
}
