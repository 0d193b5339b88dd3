import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Browser, chromium } from '@playwright/test';
import { places } from '../../server/demo/state.ts';
import type { Flow } from '../../src/shared/flow.ts';
import { END, SCENES, type SceneName } from '../../src/shared/scene.ts';
import { type Down, decodeDown } from '../../src/shared/wire.ts';
import { provideBrowser } from '../helpers/browser.ts';
import { type Served, serve } from '../helpers/serve.ts';
import { type Visitor, visit } from '../helpers/visitor.ts';
import { agree } from './agreement.ts';
import { lookOn, type View } from './audience.ts';
import { byHand } from './byHand.ts';
import { forgetDemo, type TestDemo, takeDemo } from './demo.ts';
import { type Glass, openGlass } from './glass.ts';
import { type Hops, hopsDone, hopsTold } from './hops.ts';
import { MOMENTS, type Moments, missed } from './moments.ts';
import { until } from './patience.ts';
import { type RawWatch, watchRaw } from './rawWatch.ts';
import { skipWithoutDemo, theCluster } from './shared.ts';
import type { Stack } from './stack.ts';

const KEYS = [
  'GitRepository/flux-system/podinfo',
  'Kustomization/flux-system/podinfo',
  'Receiver/flux-system/podinfo',
  'Deployment/podinfo/podinfo',
];
const DIAGRAMS = [5, 6, 7];
/** Seconds: drift is found when Flux looks, all 20 s; then the app has to be there again. */
const SCENE = 60;
/** Seconds that the pages may be behind: dots take their time. */
const BEHIND = 8;

/** What a person does is taken for; what will come of a commit nobody can see in it. */
const TAKEN_FOR: Partial<Record<SceneName, SceneName>> = { break: 'push', poll: 'push' };

/**
 * `fluxdeck start` with the state that `demo up` leaves, its Git host, its webhooks through the API
 * server's proxy, and real Flux. A talk shows all that is in its cluster: nothing else is there.
 */
describe('the demo on stage', { skip: skipWithoutDemo }, () => {
  let stack: Stack;
  let taken: TestDemo;
  /** One that begins when the talk does. */
  let raw: RawWatch;
  let served: Served;
  let presenter: Visitor;
  let audience: View;
  let browser: Browser;
  let glasses: Glass[] = [];
  /** By the presenter. */
  const heard: Down[] = [];

  before(async () => {
    stack = await theCluster();
    taken = await takeDemo(stack, 'stage');
    await forgetDemo(stack);
    raw = await watchRaw(stack.reach);
    served = await serve('slides/flux-basics.md', taken);
    audience = await lookOn(served.audience);
    const token = new URL(served.presenter).searchParams.get('present') ?? '';
    presenter = await visit(served.audience, { token });
    presenter.socket.on('message', (bytes) => {
      const message = Buffer.isBuffer(bytes) && decodeDown(bytes.toString());
      if (message) heard.push(message);
    });
    browser = await chromium.launch({ executablePath: provideBrowser(), args: ['--no-sandbox'] });
    glasses = await Promise.all(
      DIAGRAMS.map((slide) => openGlass(browser, served.audience, slide)),
    );
    await audience.shows('the cluster live', ({ health }) => health.state === 'live');
    // Now, and not before: so the talk has seen all of it.
    await taken.follow();
    await audience.shows('the app', isReady, SCENE);
    await agree({ audience, raw, keys: KEYS });
    await show({ order: [], never: [] });
  });
  after(async () => {
    await browser?.close();
    audience?.leave();
    presenter?.socket.terminate();
    await served?.stop();
    raw?.stop();
    await taken?.leave();
  });

  for (const name of SCENES) {
    test(`${name}, by the presenter`, { timeout: 120_000 }, async () => {
      const markers = await play(name, () => presenter.sends({ type: 'scene', name, by: 'key' }));
      assert.deepEqual(markers, [name, END]);
      await show(MOMENTS[name]);
    });
  }

  for (const name of SCENES) {
    test(`${name}, by hand`, { timeout: 120_000 }, async () => {
      const markers = await play(TAKEN_FOR[name] ?? name, byHand(stack, taken.demo)[name]);
      // A push that can't be applied comes to no end.
      const ends = name === 'break' ? [] : [END];
      assert.deepEqual(markers, [TAKEN_FOR[name] ?? name, ...ends]);
      await show(MOMENTS[name]);
    });
  }

  test('push, by the key that the slide names', { timeout: 120_000 }, async () => {
    const stage = await openGlass(browser, served.presenter, 7);
    glasses.push(stage);
    await until('the page to be live', async () => /live/i.test(await stage.badge()), BEHIND);
    const markers = await play('push', () => stage.press('Shift+L'));
    assert.deepEqual(markers, ['push', END]);
    await show(MOMENTS.push);
  });

  test('what can’t be done now is refused in words, and nothing is done', async () => {
    const from = heard.length;
    const generation = () =>
      raw.now('Kustomization', 'flux-system', 'podinfo')?.metadata.generation;
    const before = generation();
    presenter.sends({ type: 'scene', name: 'resume', by: 'key' });
    const [answer = ''] = await until('an answer', () => {
      const said = heard.slice(from).flatMap(inShort);
      return said.length > 0 && said;
    });
    assert.match(answer, /not suspended.*Run the scene suspend first/);
    assert.equal(generation(), before);
  });

  /**
   * Does it, waits until it is told to have ended, and compares what was told with what is.
   * @returns the markers that were told
   */
  async function play(name: SceneName, act: () => Promise<void> | void): Promise<string[]> {
    for (const glass of glasses) {
      await until('a picture at rest', () => glass.isAtRest(), BEHIND);
      await glass.forget();
    }
    const [from, wasHeard] = [heard.length, audience.heard.length];
    await act();
    const said = () => heard.slice(from).flatMap(inShort);
    const isOver = () => said().find((each) => !each.endsWith(' begins'));
    await until(`${name} to end`, isOver, SCENE);
    assert.deepEqual(said(), [`${name} begins`, `${name} ends`]);
    await agree({ audience, raw, keys: KEYS });
    const isTold = async () => same(hopsTold(audience.heard), await hopsNow());
    await until('all hops to be told', isTold, BEHIND).catch(() => undefined);
    assert.deepEqual(hopsTold(audience.heard), await hopsNow());
    return audience.heard
      .slice(wasHeard)
      .flatMap(({ event }) => (event.type === 'marker' ? [event.name] : []));
  }

  /** Each page shows it, in its diagram's own terms. */
  async function show(moments: Moments): Promise<void> {
    const misses = async () => {
      const all = glasses.map(async (glass) =>
        missed(glass.slide, moments, await glass.seen(), await glass.statuses()),
      );
      return (await Promise.all(all)).flat();
    };
    await until('all pages', async () => (await misses()).length === 0, BEHIND).catch(() => {});
    assert.deepEqual(await misses(), [], await diaries());
  }

  async function diaries(): Promise<string> {
    const all = glasses.map(
      async (glass) => `slide ${glass.slide}: ${(await glass.seen()).join(', ')}`,
    );
    return (await Promise.all(all)).join('\n');
  }

  function hopsNow(): Promise<Hops> {
    return hopsDone(raw.lines, KEYS, places(taken.demo.folder).repository);
  }
});

function isReady({ resources }: Flow): boolean {
  return KEYS.every((key) => resources.get(key)?.status === 'ready');
}

/** What is said of scenes; a refusal in its own words. */
function inShort(message: Down): string[] {
  if (message.type === 'told') return [message.text];
  if (message.type !== 'scene') return [];
  return [`${message.name} ${message.ended === undefined ? 'begins' : 'ends'}`];
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
