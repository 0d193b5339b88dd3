import { setTimeout as wait } from 'node:timers/promises';
import { buildPrograms } from '../cluster/build.ts';
import { type Stack, startStack } from '../cluster/stack.ts';
import type { Bench } from './bench.ts';
import { writeToPixel } from './clusterLatency.ts';
import { makeRoom, populate, WORKLOADS } from './clusterLoad.ts';
import { type ClusterTalk, joinLate, openClusterTalk, useOf } from './clusterTalk.ts';
import type { Figure } from './figure.ts';
import { median, repeat } from './sample.ts';
import type { Testbed } from './testbed.ts';
import { visit } from './visit.ts';

/** Appliers, each with its workloads: 10, 1,000 and 10,000 objects. */
const SIZES = [1, 100, 1000];
/** Seconds for which nothing happens. */
const IDLE = 60;
/** Who would be at work on objects that nobody asked for. */
const WORKERS = [
  'kustomize-controller',
  'source-controller',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
] as const;

/** A talk that follows a real API server: how fast a change shows, and what thousands of objects cost. */
export const cluster: Bench = async (testbed) => {
  const stack = await startStack(await buildPrograms(console.error));
  try {
    await Promise.all(WORKERS.map((name) => stack.process(name).kill()));
    await makeRoom(stack.admin);
    const { kubeconfig } = await stack.viewer('bench-viewer');
    const figures: Figure[] = [];
    let made = 0;
    for (const size of SIZES) {
      await populate(stack.admin, made, size);
      made = size;
      figures.push(...(await measure(testbed, stack, kubeconfig, size)));
    }
    return figures;
  } finally {
    await stack.stop();
  }
};

async function measure(
  testbed: Testbed,
  stack: Stack,
  kubeconfig: string,
  appliers: number,
): Promise<Figure[]> {
  const isLargest = appliers === SIZES.at(-1);
  const objects = appliers * (1 + WORKLOADS);
  const isQuick = testbed.runs < 7;
  const talk = await openClusterTalk(kubeconfig, testbed.scratch);
  try {
    return [
      { what: `${objects} objects, from the address to live`, unit: 'ms', ours: talk.toLive },
      ...(await rest(talk, objects, isQuick ? IDLE / 6 : IDLE, isLargest)),
      ...(await joining(testbed, talk, objects)),
      ...(await visit(testbed.browser, { address: talk.audience, cpu: 1 }, async (page) => {
        await page.goto(`${talk.audience}#/7`);
        return writeToPixel(stack, page, {
          where: `, ${objects} objects`,
          changes: isQuick ? 50 : 200,
          first: 1,
        });
      })),
    ];
  } finally {
    await talk.stop();
  }
}

/** What it uses while nothing happens. */
async function rest(
  talk: ClusterTalk,
  objects: number,
  seconds: number,
  isLargest: boolean,
): Promise<Figure[]> {
  const before = await useOf(talk);
  await wait(seconds * 1000);
  const after = await useOf(talk);
  return [
    {
      what: `${objects} objects, idle CPU`,
      unit: 'percent',
      ours: (after.cpu - before.cpu) / (seconds * 10),
      goal: { of: 'ours', most: 2 },
      note: `over ${seconds} s`,
    },
    {
      what: `${objects} objects, resident memory`,
      unit: 'bytes',
      ours: after.rss,
      ...(isLargest && { goal: { of: 'ours', most: 250e6 } }),
      note: `at most ${Math.round(after.peak / 1e6)} MB`,
    },
  ];
}

/** What a page costs that comes when all is known. */
async function joining(
  { browser, runs }: Testbed,
  { audience }: ClusterTalk,
  objects: number,
): Promise<Figure[]> {
  const { bytes } = await joinLate(audience);
  const toReset = await repeat(runs, async () => (await joinLate(audience)).took);
  const toPicture = await repeat(runs, () =>
    visit(browser, { address: audience, cpu: 1 }, async (page) => {
      await page.goto(`${audience}#/7`);
      const begun = await page.evaluate(() => performance.timeOrigin);
      await page.waitForSelector('section.present [data-node][data-status="ready"]');
      return Date.now() - begun;
    }),
  );
  return [
    { what: `${objects} objects, a joiner’s first message`, unit: 'bytes', ours: bytes },
    { what: `${objects} objects, until it is there`, unit: 'ms', ours: median(toReset) },
    { what: `${objects} objects, page to status`, unit: 'ms', ours: median(toPicture) },
  ];
}
