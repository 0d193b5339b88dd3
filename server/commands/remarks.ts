import type { Remark } from '../../src/shared/wire.ts';
import type { Compiled } from '../deck/compile.ts';
import { worthTelling } from './tell.ts';

/** What is wrong with a deck, each on its slide, for the author who is writing it. */
export function remarksOf(compiled: Compiled): Remark[] {
  return worthTelling(compiled.problems).map((problem) => {
    const { file, line, column, severity, message, cure, slide } = problem;
    return {
      ...(slide !== undefined && { slide }),
      severity: severity === 'error' ? 'error' : 'warning',
      place: `${file}:${line}:${column}`,
      message,
      cure,
    };
  });
}
