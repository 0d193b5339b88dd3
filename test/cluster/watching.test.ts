import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addressOf } from './manifest.ts';
import { until } from './patience.ts';
import { type Product, watchAsProduct } from './product.ts';
import { hopsIn } from './rawStory.ts';
import { theCluster } from './shared.ts';
import type { Stack } from './stack.ts';
import { APP_FILE, appFile, beginStory, type Story } from './story.ts';

const SOURCE = 'GitRepository/flux-system/watching';
const APPLIER = 'Kustomization/flux-system/watching';
const APP = 'Deployment/watching/watching';

describe('what the program watches', () => {
  let stack: Stack;
  let product: Product | undefined;
  let story: Story;

  before(async () => {
    stack = await theCluster();
    const viewer = await stack.viewer('watching-viewer');
    product = await watchAsProduct(viewer.kubeconfig);
    story = await beginStory(stack, 'watching');
  });
  after(async () => {
    product?.stop();
    await story?.end();
  });

  test('what is told to have travelled is what the raw watch says', async () => {
    const { told, resource } = watcher();
    const pushed = await story.push('Say hello', { [APP_FILE]: appFile('watching', 'hello', 3) });
    await story.announce(pushed);
    await story.applied(pushed);
    await until('the product to say so', () => resource(APPLIER)?.revision === pushed.revision, 5);

    const hops = told.flatMap(({ event }) =>
      event.type === 'pulse' && ['fetch', 'attempt', 'apply'].includes(event.why)
        ? `${event.why} ${event.key} ${event.revision}`
        : [],
    );
    const of = (key: string, all: readonly string[]) => all.filter((hop) => hop.includes(key));
    const raw = hopsIn(stack.raw.lines, 'watching');
    assert.ok(raw.length >= 3);
    assert.deepEqual(of(SOURCE, hops), of(SOURCE, raw));
    assert.deepEqual(of(APPLIER, hops), of(APPLIER, raw));
  });

  test('a Deployment that is deleted counts as drifted until Flux has put it back', async () => {
    const { told, resource } = watcher();
    await until('the Deployment', () => resource(APP)?.status === 'ready', 10);
    const before = told.length;
    await stack.admin.delete(addressOf(story.deployment));
    await until('it to be drifted', () => resource(APP)?.status === 'drifted', 5);
    await story.reconcile(story.applier);
    await until('it to be back', () => resource(APP)?.status === 'ready', 20);
    const corrections = told
      .slice(before)
      .filter(({ event }) => event.type === 'pulse' && event.why === 'correct');
    assert.equal(corrections.length, 1);
    assert.equal(resource(APP)?.total, 3);
  });

  function watcher(): Product {
    assert.ok(product);
    return product;
  }
});
