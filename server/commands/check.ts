import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { bringApp } from '../app.ts';
import { CACHE } from '../cache.ts';
import { coloursOf, faint } from '../check/contrast.ts';
import type { Draft } from '../check/draft.ts';
import { warn } from '../check/draft.ts';
import { type Beside, brokenLinks, isOutside, linksOf } from '../check/links.ts';
import { overlong } from '../check/overlong.ts';
import { overtime } from '../check/pace.ts';
import { heavyPictures, type Picture, speechless } from '../check/pictures.ts';
import { type Answer, askWeb, isGood } from '../check/web.ts';
import { canvasOf, USUAL_CANVAS } from '../deck/canvas.ts';
import type { Compiled } from '../deck/compile.ts';
import type { Own } from '../deck/dress.ts';
import type { DeckFile } from '../deck/load.ts';
import { overflows } from '../deck/overflow.ts';
import type { Problem } from '../deck/problem.ts';
import type { Io } from '../io.ts';
import { mediaFile, mediaIn, mediumIn } from '../media.ts';
import { type Measured, measure } from './measured.ts';
import { openDeck } from './open.ts';
import { count, tellProblem, tellSize } from './tell.ts';

export interface CheckOptions {
  /** Warnings fail, too. */
  strict?: boolean;
  /** Outside links are tried. */
  online?: boolean;
  /** Without it, what fits is estimated. */
  browser?: boolean;
  theme?: string;
  json?: boolean;
}

interface Opened {
  file: DeckFile;
  compiled: Compiled & { own?: Own };
}

/** Prints what is wrong with a deck. @returns the exit code: 1 if there is an error */
export async function check(name: string, options: CheckOptions, io: Io): Promise<0 | 1> {
  const opened = await openDeck(name, undefined, options.theme);
  const { file, compiled } = opened;
  const draft: Draft = { deck: compiled.deck, text: file.text, sections: compiled.sections };
  io.progress('Measuring the slides …');
  const measured = options.browser === false ? undefined : await measure(opened, io.progress);
  const found = [
    ...compiled.problems,
    ...(await brokenLinks(draft, (address) => besideDeck(file, address))),
    ...(await pictureProblems(draft, file, measured)),
    ...overlong(draft, tooLong(compiled, measured), measured !== undefined),
    ...overtime(draft),
    ...(await contrastProblems(draft, compiled, io)),
    ...(options.online ? await deadLinks(draft, io) : []),
  ];
  const problems = inOrder(found, file.name);
  const way = measured ? 'measured' : 'estimated';
  if (options.json) io.out(JSON.stringify({ problems, overflow: way }, null, 2));
  else {
    for (const problem of problems) io.out(tellProblem(problem));
    const size = tellSize(compiled);
    const how = measured ? 'measured in a browser' : 'estimated, without a browser';
    io.out(`${name}: ${size}, ${count(problems.length, 'problem')} (what fits is ${how})`);
  }
  const fails = new Set(options.strict ? ['error', 'warning'] : ['error']);
  return problems.some(({ severity }) => fails.has(severity)) ? 1 : 0;
}

/** The deck's own first, each file from its top; the same is told once. */
function inOrder(problems: readonly Problem[], deck: string): Problem[] {
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...once.values()].sort(
    (a, b) =>
      Number(b.file === deck) - Number(a.file === deck) ||
      a.file.localeCompare(b.file) ||
      a.line - b.line ||
      a.column - b.column,
  );
}

async function besideDeck(file: DeckFile, address: string): Promise<Beside> {
  const folder = path.dirname(file.path);
  if ((await mediaFile(folder, address)) !== undefined) return 'served';
  const isThere = await stat(path.join(folder, address)).catch(() => undefined);
  return isThere ? 'kept' : 'missing';
}

async function pictureProblems(
  draft: Draft,
  file: DeckFile,
  measured: Measured | undefined,
): Promise<Problem[]> {
  const folder = path.dirname(file.path);
  const find = mediumIn(folder);
  const canvas = canvasOf(draft.deck.metadata) ?? USUAL_CANVAS;
  const pictures: Picture[] = [];
  for (const [slide, section] of draft.sections.entries()) {
    for (const address of mediaIn(section)) {
      const place = await mediaFile(folder, address);
      if (place === undefined || !/\.(a?png|jpe?g|gif|svg|webp|avif|bmp)$/i.test(place)) continue;
      const [size, { size: bytes }] = await Promise.all([find(address), stat(place)]);
      pictures.push({ slide, address, width: size?.width, bytes });
    }
  }
  const shown = ({ address }: Picture) => measured?.widths.get(address) ?? canvas.width;
  return [...speechless(draft), ...heavyPictures(draft, pictures, shown)];
}

function tooLong({ deck, sections, theme }: Compiled, measured: Measured | undefined) {
  if (!measured) return overflows(sections, theme, canvasOf(deck.metadata));
  return deck.slides.flatMap(({ index, id }) => {
    const lines = measured.lines.get(id);
    return lines === undefined ? [] : [{ slide: index, lines }];
  });
}

async function contrastProblems(
  draft: Draft,
  { own, theme }: Opened['compiled'],
  io: Io,
): Promise<Problem[]> {
  const { style } = await bringApp(io.progress);
  if (!own) return faint(draft, coloursOf(style, theme));
  const text = await readFile(own.file, 'utf8');
  const name = path.relative('', own.file);
  return faint(draft, coloursOf(style, theme, text), { name, text });
}

/** Addresses of the web that do not answer. Without a network nothing can be said of them. */
async function deadLinks(draft: Draft, io: Io): Promise<Problem[]> {
  const links = linksOf(draft.sections).filter(isOutside);
  const answers = await askWeb(
    links.map(({ address }) => address),
    path.join(CACHE, 'web.json'),
    (done, all) => io.progress(`Links: ${done} of ${all} …`),
  );
  if (links.length > 0 && [...answers.values()].every(({ said }) => typeof said === 'string')) {
    io.err('Nothing of the web answers from here, so its links are not judged.');
    return [];
  }
  return links.flatMap(({ slide, address }) => {
    const answer = answers.get(address);
    if (!answer || isGood(answer)) return [];
    return [warn(draft, slide, deadLink(address, answer), address)];
  });
}

function deadLink(address: string, { said, at }: Answer) {
  const word = typeof said === 'number' ? `answered ${said}` : `did not answer: ${said}`;
  return {
    message: `${address} ${word} (asked ${at.slice(0, 16).replace('T', ' ')} UTC).`,
    cure: 'Look whether it has moved, and link to where it is now.',
  };
}
