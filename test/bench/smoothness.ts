import type { Browser, Page } from '@playwright/test';
import type { Pulse } from '../../src/shared/flow.ts';
import type { Bench } from './bench.ts';
import { type LiveTalk, openLiveTalk } from './liveTalk.ts';
import { median, percentile } from './sample.ts';
import { type Frame, frames } from './trace.ts';
import { visit } from './visit.ts';

const CPU = 4;
const HOPS: readonly Pulse[] = [
  { type: 'pulse', why: 'push', from: 'user', to: 'git' },
  { type: 'pulse', why: 'webhook', from: 'git', to: 'webhook' },
  { type: 'pulse', why: 'webhook', from: 'webhook', to: 'receiver' },
  { type: 'pulse', why: 'attempt', from: 'source', to: 'applier' },
  { type: 'pulse', why: 'apply', from: 'applier', to: 'cluster' },
];
/** Milliseconds from one volley of dots to the next: as long as a dot is under way. */
const VOLLEY = 600;

/** What a frame costs the page's main thread while five dots move. */
export const smoothness: Bench = async (testbed) => {
  const talk = await openLiveTalk(testbed);
  try {
    const { address } = talk;
    const found = await visit(testbed.browser, { address, cpu: CPU }, (page) =>
      film(testbed.browser, page, talk, testbed.runs),
    );
    const work = found.map(({ script, style }) => script + style);
    const note = `of ${found.length} frames`;
    return [
      {
        what: `script and style a frame, five dots, CPU ${CPU}×`,
        unit: 'ms',
        ours: median(work),
        goal: { of: 'ours', most: 8 },
        note,
      },
      { what: 'the same, p99', unit: 'ms', ours: percentile(work, 99) },
      {
        what: 'all of the main thread, a frame',
        unit: 'ms',
        ours: median(found.map(({ all }) => all)),
      },
    ];
  } finally {
    talk.close();
  }
};

async function film(
  browser: Browser,
  page: Page,
  talk: LiveTalk,
  volleys: number,
): Promise<Frame[]> {
  await page.goto(`${talk.address}#/7`);
  await page.waitForSelector('section.present .live [data-state="live"]');
  await shoot(talk, page);
  await browser.startTracing(page, { categories: ['devtools.timeline'] });
  for (let volley = 0; volley < volleys; volley += 1) await shoot(talk, page);
  return frames(await browser.stopTracing());
}

/** Five dots, from their start to their end. */
async function shoot({ hub, clock }: LiveTalk, page: Page): Promise<void> {
  hub.publish(clock(), [...HOPS]);
  await page.waitForFunction(
    (dots) => document.querySelectorAll('section.present .dot').length === dots,
    HOPS.length,
  );
  await page.waitForTimeout(VOLLEY);
}
