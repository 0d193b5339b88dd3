import type { Io } from '../io.ts';
import { openDeck } from './open.ts';
import { count, tellProblem, tellSize } from './tell.ts';

/** Prints the problems of a deck. @returns the exit code: 1 if there is an error */
export async function check(name: string, options: { json?: boolean }, io: Io): Promise<0 | 1> {
  const { compiled } = await openDeck(name);
  const { problems } = compiled;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (options.json) io.out(JSON.stringify({ problems }, null, 2));
  else {
    for (const problem of problems) io.out(tellProblem(problem));
    io.out(`${name}: ${tellSize(compiled)}, ${count(problems.length, 'problem')}`);
  }
  return errors > 0 ? 1 : 0;
}
