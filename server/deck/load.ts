import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { Mistake, reasonOf, systemCode } from '../mistake.ts';
import { type Joined, join, type Opened, type Part } from './include.ts';

/** A deck as it is on disk, with all that it includes. */
export interface DeckFile extends Joined {
  /** Absolute. */
  path: string;
  /** As the person named it: what problems are told under. */
  name: string;
}

const MARKDOWN = /\.(md|markdown)$/i;
/** Markdown that is seldom a talk. */
const PAPERS = /^(readme|changelog|license|contributing|code_of_conduct)\b/i;

/**
 * Reads a deck and the files that it includes, or says in one line why it can't be one. What is
 * wrong with an included file is a remark on the line that includes it.
 */
export async function loadDeck(name: string): Promise<DeckFile> {
  const deck = await readDeck(name);
  const folder = path.dirname(deck.path);
  const joined = await join(deck, (wanted, from) => openPart(wanted, from, folder));
  return { ...joined, path: deck.path, name };
}

async function readDeck(name: string): Promise<Part> {
  const file = path.resolve(name);
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new Mistake(reason(error, name, file));
  });
  if (bytes.length === 0 || bytes.toString('latin1').trim() === '') {
    throw new Mistake(`${name} is empty. A deck begins with a title: # My talk`);
  }
  return { path: file, name, text: decode(bytes, name) };
}

/** A part is named as it lies to the one that includes it, and nothing outside the folder is read. */
async function openPart(wanted: string, from: Part, folder: string): Promise<Opened> {
  const file = path.resolve(path.dirname(from.path), wanted);
  const fault = (message: string, cure: string): Opened => ({
    path: file,
    fault: { severity: 'error', message, cure },
  });
  if (!MARKDOWN.test(wanted)) {
    return fault(`${wanted} is no Markdown file.`, 'Include files that end with .md or .markdown.');
  }
  try {
    const real = await realpath(file);
    const inside = path.relative(await realpath(folder), real);
    if (inside.startsWith('..') || path.isAbsolute(inside)) {
      return fault(`${wanted} lies outside of the deck's folder.`, 'Put it beside the deck.');
    }
    const name = path.join(path.dirname(from.name), wanted);
    return { path: file, name, text: decode(await readFile(real), wanted) };
  } catch (error) {
    if (error instanceof Mistake) return fault(error.message, 'Save it as UTF-8 text.');
    return fault(
      `${wanted} can't be included: ${reasonOf(error)}.`,
      'Put it there, or mend its name.',
    );
  }
}

/** The deck that is meant when none is named: what package.json says, or the only one in slides/. */
export function defaultDeck(directory: string): string {
  const named = namedInPackage(directory);
  if (named) return named;
  const found = decksIn(path.join(directory, 'slides'));
  if (found.length === 1 && found[0]) return path.join('slides', found[0]);
  throw new Mistake(
    found.length === 0
      ? 'There is no deck in slides/. Name one, as talk.md.'
      : `There are ${found.length} decks in slides/. Name one of ${found.join(', ')}.`,
    2,
  );
}

function reason(error: unknown, name: string, file: string): string {
  switch (systemCode(error)) {
    case 'ENOENT': {
      const near = decksIn(path.dirname(file));
      return `${name} does not exist.${near.length > 0 ? ` Beside it there is ${near.join(', ')}.` : ''}`;
    }
    case 'EISDIR': {
      const inside = decksIn(file);
      return `${name} is a folder. Name a deck in it${inside[0] ? `: ${path.join(name, inside[0])}` : ''}.`;
    }
    case 'EACCES':
      return `${name} may not be read by you. Change its permissions: chmod u+r ${name}`;
    default:
      return `${name} can't be read: ${reasonOf(error)}.`;
  }
}

function decode(bytes: Buffer, name: string): string {
  try {
    if (bytes.includes(0)) throw new Error('binary');
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Mistake(`${name} is not UTF-8 text. A deck is a Markdown file.`);
  }
}

function decksIn(directory: string): string[] {
  try {
    return readdirSync(directory).filter(
      (entry) =>
        MARKDOWN.test(entry) &&
        !PAPERS.test(entry) &&
        statSync(path.join(directory, entry)).isFile(),
    );
  } catch {
    return [];
  }
}

function namedInPackage(directory: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(
      readFileSync(path.join(directory, 'package.json'), 'utf8'),
    );
    if (typeof manifest !== 'object' || manifest === null || !('fluxdeck' in manifest)) return;
    const { fluxdeck } = manifest;
    if (typeof fluxdeck !== 'object' || fluxdeck === null || !('deck' in fluxdeck)) return;
    return typeof fluxdeck.deck === 'string' ? fluxdeck.deck : undefined;
  } catch {
    return undefined;
  }
}
