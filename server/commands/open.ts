import path from 'node:path';
import { CACHE } from '../cache.ts';
import { type Compiled, compile } from '../deck/compile.ts';
import { createDraw } from '../deck/diagram/cache.ts';
import { type DeckFile, loadDeck } from '../deck/load.ts';

const draw = createDraw(path.join(CACHE, 'diagrams'));

/** Reads, parses and draws a deck from disk. */
export async function openDeck(name: string): Promise<{ file: DeckFile; compiled: Compiled }> {
  const file = await loadDeck(name);
  return { file, compiled: await compile(file.text, file.name, draw) };
}
