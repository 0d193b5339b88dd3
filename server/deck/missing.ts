import { mediaFile, mediaIn } from '../media.ts';
import type { DeckFile } from './load.ts';
import type { Problem } from './problem.ts';

/** Pictures, films and sounds that the slides name and that are not beside the deck. */
export async function missingMedia(
  { name, text }: DeckFile,
  folder: string,
  sections: readonly string[],
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const address of mediaIn(sections.join('\n'))) {
    if (await mediaFile(folder, address)) continue;
    problems.push({
      file: name,
      ...placeOf(address, text),
      severity: 'warning',
      message: `${address} is not there, or lies outside of the deck's folder.`,
      cure: 'Put it beside the deck, or mend its name.',
    });
  }
  return problems;
}

/** Where a text first names something; its beginning when it spells the name otherwise. */
function placeOf(address: string, text: string): { line: number; column: number } {
  const before = text.slice(0, Math.max(0, text.indexOf(address))).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
