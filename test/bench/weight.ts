import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import type { Bench } from './bench.ts';
import { alternate } from './sample.ts';
import { firstPaint, visit } from './visit.ts';

/** A file that was fetched. */
interface Fetched {
  name: string;
  bytes: number;
  /** Asked for before the first slide was painted. */
  first: boolean;
}

const REVEAL = ['reveal.js', 'reveal.js/reset.css', 'reveal.js/reveal.css'];

/** Bytes and requests to the first painted slide, and what comes after it. */
export const weight: Bench = async ({ browser, ours, plain }) => {
  const measure = (address: string) => () =>
    visit(browser, { address, cpu: 1 }, (page) => load(page, address));
  const found = await alternate(1, { ours: measure(ours.address), plain: measure(plain.address) });
  const [mine = [], stock = []] = [found.ours[0], found.plain[0]];
  const reveal = REVEAL.map(gzipped).reduce((sum, bytes) => sum + bytes, 0);
  const before = (files: Fetched[]) => files.filter(({ first }) => first);
  const after = (files: Fetched[]) => files.filter(({ first }) => !first);
  return [
    {
      what: 'bytes to the first slide',
      unit: 'bytes',
      ours: total(before(mine)),
      plain: total(before(stock)),
      note: list(before(mine)),
    },
    {
      what: 'the same, over reveal.js itself',
      unit: 'bytes',
      ours: total(before(mine)),
      plain: reveal,
      goal: { of: 'excess', most: 75_000 },
      note: 'plain: reveal.mjs, reset.css and reveal.css, gzipped',
    },
    {
      what: 'requests to the first slide',
      unit: 'count',
      ours: before(mine).length,
      plain: before(stock).length,
      goal: { of: 'ours', most: 4 },
    },
    {
      what: 'bytes after the first slide',
      unit: 'bytes',
      ours: total(after(mine)),
      plain: total(after(stock)),
      note: list(after(mine)),
    },
  ];
};

async function load(page: Page, address: string): Promise<Fetched[]> {
  await page.goto(address, { waitUntil: 'networkidle' });
  const paint = await firstPaint(page);
  return page.evaluate(
    (until) =>
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .filter((entry) => entry instanceof PerformanceResourceTiming)
        .filter(({ name }) => !name.startsWith('data:'))
        .map(({ name, encodedBodySize, startTime }) => ({
          name: new URL(name).pathname,
          bytes: encodedBodySize,
          first: startTime < until,
        })),
    paint,
  );
}

function total(files: readonly Fetched[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function list(files: readonly Fetched[]): string {
  return files.map(({ name, bytes }) => `${name} ${(bytes / 1000).toFixed(1)}`).join(', ');
}

function gzipped(module: string): number {
  return gzipSync(readFileSync(new URL(import.meta.resolve(module)))).length;
}
