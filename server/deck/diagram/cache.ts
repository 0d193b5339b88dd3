import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Box, Drawing } from '../deck.ts';
import { draw } from './draw.ts';
import { DiagramError } from './error.ts';
import { fontFile } from './font.ts';

type Drawer = typeof draw;

/** What came of a source: a drawing, or why there is none. A drawing that takes too long is neither. */
type Outcome =
  | { kind: 'drawn'; drawing: Drawing }
  | { kind: 'refused'; message: string; line: number; column: number };

/**
 * Draws diagrams and keeps what comes of them, mistakes too, as files in `directory`, named by all
 * that they depend on. A file that is damaged is drawn anew; where nothing can be written,
 * everything is. The ids in an SVG begin with its own digest, so that diagrams can share a page.
 * @throws DiagramError, and nothing else
 */
export function createDraw(
  directory: string,
  drawer: Drawer = draw,
): (source: string, box: Box) => Promise<Drawing> {
  const maker = digestOfMaker();
  return async (source, box) => {
    const name = digest([await maker, source, `${box.width}×${box.height}`]);
    const file = join(directory, `${name}.json`);
    const kept = await readOutcome(file);
    const outcome = kept ?? (await drawAnew(drawer, source, box, `diagram-${name.slice(0, 8)}`));
    if (!kept) await keep(file, directory, outcome);
    if (outcome.kind === 'drawn') return outcome.drawing;
    throw new DiagramError(outcome.message, outcome.line, outcome.column);
  };
}

async function drawAnew(
  drawer: Drawer,
  source: string,
  box: Box,
  prefix: string,
): Promise<Outcome> {
  try {
    return { kind: 'drawn', drawing: await drawer(source, box, prefix) };
  } catch (error) {
    if (!(error instanceof DiagramError) || error.isPassing) throw error;
    const { message, line, column } = error;
    return { kind: 'refused', message, line, column };
  }
}

async function readOutcome(file: string): Promise<Outcome | undefined> {
  try {
    const { sum, outcome } = JSON.parse(await readFile(file, 'utf8'));
    return sum === digest([JSON.stringify(outcome)]) ? outcome : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: other processes may read the same directory. */
async function keep(file: string, directory: string, outcome: Outcome): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(draft, JSON.stringify({ sum: digest([JSON.stringify(outcome)]), outcome }));
    await rename(draft, file);
  } catch {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

/** Mermaid's version, the font, and the code of this folder. */
async function digestOfMaker(): Promise<string> {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const names = (await readdir(folder)).filter((name) => /\.[jt]s$/.test(name)).toSorted();
  const code = await Promise.all(names.map((name) => readFile(join(folder, name))));
  const { version } = createRequire(import.meta.url)('mermaid/package.json');
  return digest([String(version), await readFile(fontFile), ...code]);
}

function digest(parts: (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex').slice(0, 32);
}
