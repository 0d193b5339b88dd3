import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { serve } from '../helpers/serve.ts';
import type { Bench } from './bench.ts';
import type { Figure } from './figure.ts';
import { percentile, repeat } from './sample.ts';
import { DECK, type Testbed } from './testbed.ts';
import { visit } from './visit.ts';

/** Edits a run: one is over soon. */
const EDITS = 4;
/** Milliseconds that what draws may take to start, before anything is measured. */
const PATIENCE = 60_000;

/** One kind of edit: it puts a mark into the text of a deck. */
interface Edit {
  what: string;
  /** Milliseconds. */
  most: number;
  make: (text: string, mark: string) => string;
}

const KINDS: readonly Edit[] = [
  { what: 'word', most: 150, make: (text, mark) => text.replace(/^\* /m, `* ${mark} `) },
  { what: 'diagram', most: 500, make: (text, mark) => text.replace('Git Host', mark) },
];

/** From the save of an edit to the frame that shows it, with `start --dev`. */
export const writing: Bench = async (testbed) => {
  const figures: Figure[] = [];
  for (const kind of KINDS) {
    const times = await timeEdits(testbed, kind);
    for (const percent of [50, 95]) {
      figures.push({
        what: `save to pixel, a ${kind.what}, p${percent}`,
        unit: 'ms',
        ours: percentile(times, percent),
        ...(percent === 95 && { goal: { of: 'ours', most: kind.most } }),
        note: `of ${times.length}`,
      });
    }
  }
  return figures;
};

/** Each kind has a deck of its own: of two edited slides the one that shows would stay. */
async function timeEdits(
  { browser, scratch, runs }: Testbed,
  { what, make }: Edit,
): Promise<number[]> {
  const deck = path.join(scratch, what, 'talk.md');
  const text = await readFile(DECK, 'utf8');
  await mkdir(path.dirname(deck), { recursive: true });
  await writeFile(deck, text);
  const served = await serve(deck, { args: ['--dev'], state: scratch });
  try {
    return await visit(browser, { address: served.presenter, cpu: 1 }, async (page) => {
      await page.goto(served.presenter);
      await page.waitForSelector('.reveal.ready');
      let count = 0;
      return repeat(runs * EDITS, () => {
        count += 1;
        const mark = `E${Date.now() % 100_000}x${count}`;
        return save(page, deck, make(text, mark), mark);
      });
    });
  } finally {
    await served.stop();
  }
}

/** @returns milliseconds until the mark shows */
async function save(page: Page, deck: string, text: string, mark: string): Promise<number> {
  const shows = page.evaluate(
    ([word, patience]) =>
      new Promise<number>((resolve, reject) => {
        window.setTimeout(() => reject(new Error(`${word} is not shown`)), patience);
        const look = () => {
          const slide = document.querySelector('section.present');
          if (!slide?.textContent.includes(word)) return void requestAnimationFrame(look);
          // The frame in which it is laid out is the next one's past.
          requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
        };
        look();
      }),
    [mark, PATIENCE] as const,
  );
  const saved = performance.timeOrigin + performance.now();
  await writeFile(deck, text);
  return (await shows) - saved;
}
