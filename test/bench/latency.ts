import type { Page } from '@playwright/test';
import type { FlowEvent } from '../../src/shared/flow.ts';
import { type Bench, SPEEDS } from './bench.ts';
import type { Figure } from './figure.ts';
import { type LiveTalk, openLiveTalk } from './liveTalk.ts';
import { type NumberAt, showing, watchNumbers } from './numbers.ts';
import { percentile } from './sample.ts';
import { visit } from './visit.ts';

const RATES = [100, 10_000];
/** Seconds of measuring for each run. */
const SPELL = 3;
/** Milliseconds between two events whose way is timed: never in step with frames. */
const BETWEEN = 23;
/** Objects that the other events are about. */
const OBJECTS = 100;

/** From the hub's publish to the end of the frame that shows it, while other events come at a rate. */
export const latency: Bench = async (testbed) => {
  const figures: Figure[] = [];
  for (const cpu of SPEEDS) {
    for (const rate of RATES) {
      const talk = await openLiveTalk(testbed);
      try {
        const address = talk.address;
        const delays = await visit(testbed.browser, { address, cpu }, (page) =>
          timeWay(page, talk, rate, testbed.runs * SPELL),
        );
        for (const percent of [50, 99]) {
          figures.push({
            what: `hub to pixel, ${rate} events/s, p${percent}, CPU ${cpu}×`,
            unit: 'ms',
            ours: percentile(delays, percent),
            ...(percent === 99 && { goal: { of: 'ours', most: 60 } }),
            note: `of ${delays.length}`,
          });
        }
      } finally {
        talk.close();
      }
    }
  }
  return figures;
};

async function timeWay(
  page: Page,
  talk: LiveTalk,
  rate: number,
  seconds: number,
): Promise<number[]> {
  talk.hub.publish(talk.clock(), [probe(0)]);
  await page.goto(`${talk.address}#/7`);
  const cluster = await showing(page, 0);
  const watch = await cluster.evaluateHandle(watchNumbers);

  await publish(talk, rate, 1);
  const published = await publish(talk, rate, seconds, 1000);
  await showing(page, published.at(-1)?.number ?? 0);
  const seen = await watch.evaluate(({ seen }) => seen);
  return published.map(({ number, at }) => {
    // A number that came and went within one frame was shown by the one after it.
    const shown = seen.find((sighting) => sighting.number >= number);
    return (shown?.at ?? Number.POSITIVE_INFINITY) - at;
  });
}

/** Publishes events at a rate, one by one; every now and then a number that the cluster's node shows. */
async function publish(
  { hub, clock }: LiveTalk,
  rate: number,
  seconds: number,
  first = 1,
): Promise<NumberAt[]> {
  const published: NumberAt[] = [];
  const begun = performance.now();
  let count = 0;
  for (;;) {
    const elapsed = performance.now() - begun;
    if (elapsed >= seconds * 1000) return published;
    for (; count < (elapsed * rate) / 1000; count += 1)
      hub.publish(clock(), [noise(count, clock())]);
    if (published.length <= elapsed / BETWEEN) {
      const number = first + published.length;
      published.push({ number, at: performance.timeOrigin + performance.now() });
      hub.publish(clock(), [probe(number)]);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function probe(ready: number): FlowEvent {
  const key = 'Deployment/podinfo/podinfo';
  const resource = { key, role: 'cluster', status: 'ready', ready, total: 9999, since: 0 } as const;
  return { type: 'changed', resource };
}

function noise(count: number, now: number): FlowEvent {
  const role = count % 2 === 0 ? 'source' : 'applier';
  const kind = role === 'source' ? 'GitRepository' : 'Kustomization';
  const status = Math.floor(count / OBJECTS) % 2 === 0 ? 'progressing' : 'ready';
  const key = `${kind}/flux-system/app-${count % OBJECTS}`;
  return { type: 'changed', resource: { key, role, status, since: now } };
}
