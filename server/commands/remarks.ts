import type { Remark } from '../../src/shared/wire.ts';
import type { Compiled } from '../deck/compile.ts';
import type { Problem } from '../deck/problem.ts';
import { worthTelling } from './tell.ts';

/** What is wrong with a deck, each on its slide, for the author who is writing it. */
export function remarksOf(compiled: Compiled): Remark[] {
  return worthTelling(compiled.problems).map((problem) => {
    const slide = slideOf(problem, compiled);
    const { file, line, column, severity, message, cure } = problem;
    return {
      ...(slide !== undefined && { slide }),
      severity: severity === 'error' ? 'error' : 'warning',
      place: `${file}:${line}:${column}`,
      message,
      cure,
    };
  });
}

/** The id of the slide in whose lines a problem lies. */
function slideOf({ file, line }: Problem, { deck }: Compiled): string | undefined {
  if (file !== deck.file) return undefined;
  return deck.slides.findLast((slide) => slide.line <= line)?.id;
}
