import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { serve } from '../helpers/serve.ts';
import type { Bench } from './bench.ts';
import { percentile, repeat } from './sample.ts';
import { DECK } from './testbed.ts';
import { visit } from './visit.ts';

/** Edits a run: one is over soon. */
const EDITS = 4;

/** From the save of an edit to the end of the frame that shows it, with `start --dev`. */
export const writing: Bench = async ({ browser, scratch, runs }) => {
  await mkdir(scratch, { recursive: true });
  const deck = path.join(scratch, 'talk.md');
  const text = await readFile(DECK, 'utf8');
  await writeFile(deck, text);
  const served = await serve(deck, { args: ['--dev'], state: scratch });
  const edits: [what: string, most: number, edit: (mark: string) => string][] = [
    ['save to pixel, a word', 150, (mark) => text.replace(/^\* /m, `* ${mark} `)],
    ['save to pixel, a diagram', 500, (mark) => text.replace('Git Host', mark)],
  ];
  try {
    return await visit(browser, { address: served.presenter, cpu: 1 }, async (page) => {
      await page.goto(served.presenter);
      await page.waitForSelector('.reveal.ready');
      const figures = [];
      for (const [what, most, edit] of edits) {
        let count = 0;
        const times = await repeat(runs * EDITS, async () => {
          count += 1;
          const mark = `E${Date.now() % 100_000}x${count}`;
          return save(page, deck, edit(mark), mark);
        });
        for (const percent of [50, 95]) {
          figures.push({
            what: `${what}, p${percent}`,
            unit: 'ms' as const,
            ours: percentile(times, percent),
            ...(percent === 95 && { goal: { of: 'ours' as const, most } }),
            note: `of ${times.length}`,
          });
        }
      }
      return figures;
    });
  } finally {
    await served.stop();
  }
};

/** @returns milliseconds until the mark shows */
async function save(page: Page, deck: string, text: string, mark: string): Promise<number> {
  const shows = page.evaluate(
    (word) =>
      new Promise<number>((resolve, reject) => {
        window.setTimeout(() => reject(new Error(`${word} is not shown`)), 20_000);
        const look = () => {
          const slide = document.querySelector('section.present');
          if (!slide?.textContent.includes(word)) return void requestAnimationFrame(look);
          // The frame in which it is laid out is the next one's past.
          requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
        };
        look();
      }),
    mark,
  );
  const saved = performance.timeOrigin + performance.now();
  await writeFile(deck, text);
  return (await shows) - saved;
}
