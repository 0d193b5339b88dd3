import { stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from '@playwright/test';
import { ROOT } from '../../server/cache.ts';
import { serve } from '../helpers/serve.ts';
import type { Bench } from './bench.ts';
import { median, repeat } from './sample.ts';
import { DECK } from './testbed.ts';
import { firstPaint } from './visit.ts';

/** Milliseconds since the process was started. */
interface Start {
  /** It says where it listens. */
  address: number;
  /** A browser that runs already has painted slide 0. */
  painted: number;
}

/** `fluxdeck start`, from the start of the process to the first slide on the glass. */
export const starting: Bench = async ({ browser, runs }) => {
  const fresh = await repeat(runs, () => start(browser));
  const stale = await repeat(Math.min(runs, 3), () => afterEdit(() => start(browser)));
  return [
    { what: 'start to its address', unit: 'ms', ours: median(fresh.map((each) => each.address)) },
    {
      what: 'start to slide 0',
      unit: 'ms',
      ours: median(fresh.map(({ painted }) => painted)),
      goal: { of: 'ours', most: 1100 },
    },
    {
      what: 'start to slide 0, app built anew',
      unit: 'ms',
      ours: median(stale.map(({ painted }) => painted)),
    },
  ];
};

/** With a source that seems to have changed just now: the app is older. */
async function afterEdit<T>(run: () => Promise<T>): Promise<T> {
  const source = path.join(ROOT, 'src', 'main.ts');
  const { atime, mtime } = await stat(source);
  await utimes(source, atime, new Date());
  try {
    return await run();
  } finally {
    await utimes(source, atime, mtime);
  }
}

async function start(browser: Browser): Promise<Start> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  const begun = Date.now();
  const served = await serve(DECK);
  try {
    const address = Date.now() - begun;
    await page.goto(served.presenter);
    const origin = await page.evaluate(() => performance.timeOrigin);
    return { address, painted: origin + (await firstPaint(page)) - begun };
  } finally {
    await served.stop();
    await context.close();
  }
}
