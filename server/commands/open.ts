import path from 'node:path';
import type { SceneLengths } from '../../src/shared/moment.ts';
import { CACHE } from '../cache.ts';
import { type Compiled, compile } from '../deck/compile.ts';
import { createDraw } from '../deck/diagram/cache.ts';
import { type DeckFile, loadDeck } from '../deck/load.ts';
import { missingMedia } from '../deck/missing.ts';
import { shippedLengths } from './recorded.ts';

const draw = createDraw(path.join(CACHE, 'diagrams'));

/**
 * Reads, parses and draws a deck from disk.
 * @param recorded the scenes of the recordings that it plays: without, of the one that ships
 */
export async function openDeck(
  name: string,
  recorded: () => Promise<SceneLengths> = shippedLengths,
): Promise<{ file: DeckFile; compiled: Compiled }> {
  const file = await loadDeck(name);
  const compiled = await compile(file.text, file.name, draw, recorded);
  const missing = await missingMedia(file, path.dirname(file.path), compiled.sections);
  const problems = [...compiled.problems, ...missing].sort((a, b) => a.line - b.line);
  return { file, compiled: { ...compiled, problems } };
}
