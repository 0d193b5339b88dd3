import type { Io } from '../io.ts';
import { tellProblem } from './tell.ts';
import { openDeck } from './open.ts';

/** Prints the problems of a deck. @returns the exit code: 1 if there is an error */
export async function check(name: string, options: { json?: boolean }, io: Io): Promise<0 | 1> {
  const { compiled } = await openDeck(name);
  const { deck, problems } = compiled;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (options.json) io.out(JSON.stringify({ problems }, null, 2));
  else {
    for (const problem of problems) io.out(tellProblem(problem));
    const found = problems.length === 1 ? '1 problem' : `${problems.length || 'no'} problems`;
    io.out(`${name}: ${deck.slides.length} slides, ${compiled.models.size} diagrams, ${found}`);
  }
  return errors > 0 ? 1 : 0;
}
