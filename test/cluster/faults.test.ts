import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { untilReady } from './controlPlane.ts';
import { until } from './patience.ts';
import { type Product, watchAsProduct } from './product.ts';
import { hopsIn } from './rawStory.ts';
import { skipWithoutProcesses, theCluster } from './shared.ts';
import type { Stack } from './stack.ts';
import { APP_FILE, appFile, beginStory, type Pushed, type Story } from './story.ts';
import type { Viewer } from './viewer.ts';

const SOURCE = 'GitRepository/flux-system/faults';
const APPLIER = 'Kustomization/flux-system/faults';
/** Seconds in which a fault shows, and in which all is right again after its end. */
const SOON = 5;
/** What is told of a token that is no good. */
const NOT_KNOWN = /credentials/;

let stack: Stack;
let viewer: Viewer;
let product: Product | undefined;
let story: Story;

before(async () => {
  stack = await theCluster();
  viewer = await stack.viewer('faults-viewer');
  product = await watchAsProduct(viewer.kubeconfig);
  story = await beginStory(stack, 'faults');
  await story.applied(await push('first'));
});
after(() => product?.stop());

test('an API server that is killed and started again', {
  skip: skipWithoutProcesses,
  todo: 'an API server that starts forbids all until it has read its roles; it is asked again too late',
}, async () => {
  const server = stack.process('kube-apiserver');
  await server.kill();
  await turns('stale');
  server.start();
  await untilReady(stack.admin, server);
  await turns('live');
  await assertTold(await push('after a death'));
});

test('an API server that hangs for 40 s', { skip: skipWithoutProcesses }, async () => {
  const server = stack.process('kube-apiserver');
  server.pause();
  try {
    await turns('stale');
    await wait(40_000);
  } finally {
    server.resume();
  }
  await untilReady(stack.admin, server);
  await turns('live');
  await assertTold(await push('after a hang'));
});

test('a role that is taken away and given back', async () => {
  const { healths } = watcher();
  await viewer.unbind();
  const pushed = await push('while nobody may look');
  await story.applied(pushed);
  // Watches that run go on: the API server asks for permission when they begin.
  const before = healths.length;
  await viewer.bind();
  await assertTold(pushed);
  assert.ok(healths.slice(before).every(({ health }) => health.state === 'live'));
});

test('a token that is no good any more, and a new one in its file', {
  skip: skipWithoutProcesses,
  todo: 'connecting anew on each 401 hides the words',
}, async () => {
  await viewer.revokeTokens();
  // Whoever was let in stays in; only who comes anew is asked.
  const server = stack.process('kube-apiserver');
  await server.kill();
  server.start();
  await untilReady(stack.admin, server);
  const { healths } = watcher();
  await until('words', () => NOT_KNOWN.test(healths.at(-1)?.health.text ?? ''), 20);
  const pushed = await push('while nobody is known');
  await story.applied(pushed);
  await viewer.renewToken();
  await turns('live');
  await assertTold(pushed);
});

async function push(say: string): Promise<Pushed> {
  const pushed = await story.push(`Say ${say}`, { [APP_FILE]: appFile('faults', say) });
  await until('the Receiver', async () => (await story.announce(pushed)).status === 200, 20);
  return pushed;
}

/** The product says so in time. */
async function turns(state: 'live' | 'stale'): Promise<void> {
  const { healths } = watcher();
  await until(`it to be ${state}`, () => healths.at(-1)?.health.state === state, SOON);
}

/** Nothing is lost and nothing doubled of what the raw watch saw up to this push. */
async function assertTold(pushed: Pushed): Promise<void> {
  const { told, resource } = watcher();
  await story.applied(pushed);
  await until('the product to say so', () => resource(APPLIER)?.revision === pushed.revision, SOON);
  const hops = told.flatMap(({ event }) =>
    event.type === 'pulse' && ['fetch', 'attempt', 'apply'].includes(event.why)
      ? `${event.why} ${event.key} ${event.revision}`
      : [],
  );
  const raw = hopsIn(stack.raw.lines, 'faults');
  for (const key of [SOURCE, APPLIER]) {
    const of = (all: readonly string[]) => all.filter((hop) => hop.includes(key));
    assert.deepEqual(of(hops), of(raw));
  }
}

function watcher(): Product {
  assert.ok(product);
  return product;
}
