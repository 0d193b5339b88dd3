import path from 'node:path';
import type { SceneLengths } from '../../src/shared/moment.ts';
import { CACHE } from '../cache.ts';
import { type Compiled, compile } from '../deck/compile.ts';
import { createDraw } from '../deck/diagram/cache.ts';
import { draw as drawAnew } from '../deck/diagram/draw.ts';
import { dress, type Own } from '../deck/dress.ts';
import { type DeckFile, loadDeck } from '../deck/load.ts';
import { mediumIn } from '../media.ts';
import { shippedLengths } from './recorded.ts';

const draw = createDraw(path.join(CACHE, 'diagrams'));

/** What draws takes its time to start, and draws its first diagrams slowly: here nobody waits. */
export async function warmUp(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await drawAnew(USUAL, { width: 1152, height: 416 }).catch(() => undefined);
  }
}

const USUAL =
  'flowchart LR\nA((User)) --> B(Git Host) --> C((Source))\nC --> D((Flux)) --> E((K8s))';

/**
 * Reads, parses and draws a deck from disk.
 * @param recorded the scenes of the recordings that it plays: without, of the one that ships
 * @param theme in place of the deck's own: a name, or a CSS file
 */
export async function openDeck(
  name: string,
  recorded: () => Promise<SceneLengths> = shippedLengths,
  theme?: string,
): Promise<{ file: DeckFile; compiled: Compiled & { own?: Own } }> {
  const file = await loadDeck(name);
  const folder = path.dirname(file.path);
  const compiled = await compile(file.text, file.name, draw, recorded, mediumIn(folder), file);
  return { file, compiled: await dress(compiled, folder, theme) };
}
