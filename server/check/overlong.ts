import type { Problem } from '../deck/problem.ts';
import { type Draft, warn } from './draft.ts';

/** A slide whose text is longer than its place. */
export interface Overlong {
  /** From 0. */
  slide: number;
  lines: number;
}

/** @param measured in a browser; otherwise an estimate from the font's widths */
export function overlong(draft: Draft, slides: readonly Overlong[], measured: boolean): Problem[] {
  return slides.map(({ slide, lines }) => {
    const by = lines === 1 ? 'a line' : `${lines} lines`;
    const message = `This slide runs over by ${by}${measured ? '' : ', by an estimate'}.`;
    return warn(draft, slide, { message, cure: 'Shorten it, or make two of it.' });
  });
}
