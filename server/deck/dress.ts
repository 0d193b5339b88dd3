import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { THEMES } from '../../src/shared/theme.ts';
import { mediaFile } from '../media.ts';
import { Mistake, systemCode } from '../mistake.ts';
import type { Compiled } from './compile.ts';
import { ownTheme } from './ownTheme.ts';
import type { Problem } from './problem.ts';
import { isFile, knownTheme } from './theme.ts';

/** The author's own look of a deck: a CSS file over one of the themes. */
export interface Own {
  /** Absolute. */
  file: string;
  /** What it names of the deck's folder. */
  media: string[];
}

/**
 * A deck in the look that is asked for: a theme by its name, or a CSS file; else what the deck
 * names, and the `theme.css` beside it.
 * @param folder the deck's
 */
export async function dress(
  compiled: Compiled,
  folder: string,
  wanted?: string,
): Promise<Compiled & { own?: Own }> {
  const named = compiled.deck.metadata.theme;
  if (wanted !== undefined && !isFile(wanted)) {
    const theme = knownTheme(wanted);
    if (theme) return { ...compiled, theme };
    const all = THEMES.join(', ');
    throw new Mistake(`There is no theme “${wanted}”. Choose one of ${all}, or a CSS file.`, 2);
  }
  const asked = wanted ?? (named !== undefined && isFile(named) ? path.join(folder, named) : '');
  const file = path.resolve(asked || path.join(folder, 'theme.css'));
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
    if (wanted === undefined) return undefined;
    throw new Mistake(`There is no theme file ${wanted}. Choose one of ${THEMES.join(', ')}.`);
  });
  if (text === undefined) return compiled;

  const name = path.relative('', file);
  const seen = path.relative(folder, path.dirname(file)).split(path.sep).join('/');
  const own = ownTheme(text, name, seen);
  const missing = await lost(own.media, folder, name);
  return {
    ...compiled,
    style: `${compiled.style}${own.css}`,
    problems: [...compiled.problems, ...own.problems, ...missing],
    own: { file, media: own.media.map(({ address }) => address) },
  };
}

async function lost(
  media: readonly { address: string; line: number; column: number }[],
  folder: string,
  name: string,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { address, line, column } of media) {
    if (await mediaFile(folder, address)) continue;
    problems.push({
      file: name,
      line,
      column,
      severity: 'warning',
      message: `${address} is not there, or lies outside of the deck's folder.`,
      cure: 'Put it beside the deck, or mend its name.',
    });
  }
  return problems;
}
