import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHub } from '../../server/hub.ts';
import { createShow, type Performance, type ShowOptions } from '../../server/show.ts';
import type { Health } from '../../src/shared/flow.ts';
import { type Down, decodeDown, type Show } from '../../src/shared/wire.ts';
import { STARTED } from '../helpers/feeds.ts';
import { fakeTime } from '../helpers/time.ts';

const RUN: Extract<Show, { feed: 'recorded' }> = {
  feed: 'recorded',
  recording: './recordings/webinar.jsonl',
};
const LOST: Health = { state: 'stale', text: 'The cluster does not answer' };
const LIVE: Health = { state: 'live', text: 'Live' };

function aStage(options: Partial<ShowOptions> & { show?: Show } = {}) {
  const time = fakeTime();
  const first = options.show ?? { feed: 'live' };
  const hub = createHub({ ...time, started: STARTED, health: LIVE, show: first });
  const heard: Down[] = [];
  hub.subscribe({
    send: (text) => {
      const message = decodeDown(text);
      if (message && message.type !== 'alive') heard.push(message);
    },
    buffered: () => 0,
  });
  const performed: string[] = [];
  let end = () => {};
  const show = createShow({
    ...time,
    hub,
    perform: (name): Promise<Performance> => {
      performed.push(name);
      const done = new Promise<{ seconds: number }>((resolve) => {
        end = () => resolve({ seconds: 6 });
      });
      return Promise.resolve({ done });
    },
    recorded: () => Promise.resolve(RUN),
    hasCluster: true,
    auto: false,
    ...options,
  });
  const told: string[] = [];
  const ask = async (wish: Parameters<typeof show.ask>[0]) => {
    show.ask(wish, (words) => told.push(words));
    await settled();
  };
  const publish = (health: Health) => hub.publish(time.clock(), [{ type: 'health', ...health }]);
  return { hub, time, heard, performed, told, ask, publish, end: () => end() };
}

/** Whatever was promised by now has been done. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a scene is done in the cluster once, told when it begins and when it has ended', async () => {
  const stage = aStage();
  await stage.ask({ type: 'scene', name: 'push', slide: 'how', by: 'key' });
  assert.deepEqual(stage.hub.scene(), { name: 'push', slide: 'how', began: 0 });
  stage.time.pass(6);
  stage.end();
  await settled();
  assert.deepEqual(stage.hub.scene(), { name: 'push', slide: 'how', began: 0, ended: 6 });
  await stage.ask({ type: 'scene', name: 'push', slide: 'how', by: 'key' });
  assert.deepEqual(stage.performed, ['push']);
  assert.match(stage.told.join(), /has run already/);
  stage.hub.forgetScenes();
  await stage.ask({ type: 'scene', name: 'push', slide: 'how', by: 'key' });
  assert.deepEqual(stage.performed, ['push', 'push']);
});

test('a step asks again in silence, another slide asks for its own', async () => {
  const stage = aStage();
  const wish = { type: 'scene', name: 'push', slide: 'how', by: 'step' } as const;
  await stage.ask(wish);
  stage.end();
  await settled();
  await stage.ask(wish);
  assert.deepEqual([stage.performed, stage.told], [['push'], []]);
  await stage.ask({ ...wish, slide: 'why' });
  assert.deepEqual(stage.performed, ['push', 'push']);
});

test('asked for from a terminal, by no slide, a scene runs as often as it is', async () => {
  const stage = aStage();
  for (let times = 0; times < 2; times += 1) {
    await stage.ask({ type: 'scene', name: 'push', by: 'key' });
    stage.end();
    await settled();
  }
  assert.deepEqual([stage.performed, stage.told], [['push', 'push'], []]);
});

test('while one scene is under way no other begins', async () => {
  const stage = aStage();
  await stage.ask({ type: 'scene', name: 'push', by: 'key' });
  await stage.ask({ type: 'scene', name: 'drift', by: 'key' });
  assert.deepEqual(stage.performed, ['push']);
  assert.deepEqual(stage.told, ['“push” is still under way.']);
});

test('a refusal is told to who asked, and nothing has run', async () => {
  const refused = 'There is nothing to fix.';
  const stage = aStage({ perform: () => Promise.resolve({ refused }) });
  await stage.ask({ type: 'scene', name: 'fix', by: 'key' });
  assert.deepEqual(stage.told, [refused]);
  assert.deepEqual([stage.hub.scene(), stage.hub.played()], [undefined, []]);
});

test('what throws is told, and the next scene may begin', async () => {
  let tries = 0;
  const stage = aStage({
    perform: () => {
      tries += 1;
      return Promise.reject(new Error('The API server hung up.'));
    },
  });
  await stage.ask({ type: 'scene', name: 'push', by: 'key' });
  await stage.ask({ type: 'scene', name: 'push', by: 'key' });
  assert.equal(tries, 2);
  assert.deepEqual(stage.told, ['The API server hung up.', 'The API server hung up.']);
});

test('the talk goes on from a recorded run, at the scene that was under way, and comes back', async () => {
  const stage = aStage();
  await stage.ask({ type: 'scene', name: 'push', slide: 'how', by: 'key' });
  stage.time.pass(3);
  await stage.ask({ type: 'show', feed: 'recorded' });
  const [show, scene] = stage.heard.slice(-2);
  assert.ok(show?.type === 'show');
  assert.deepEqual(show.show, RUN);
  assert.deepEqual(scene, { type: 'scene', name: 'push', slide: 'how', began: 3, now: 3 });
  // The one in the cluster ends without a word: it is not on stage any more.
  stage.end();
  await settled();
  assert.equal(stage.hub.scene()?.ended, undefined);
  await stage.ask({ type: 'show', feed: 'live' });
  assert.deepEqual(stage.hub.showing(), { feed: 'live' });
  assert.deepEqual(stage.hub.played(), [{ name: 'push', slide: 'how' }]);
});

test('what was played from a recording may still be done in the cluster', async () => {
  const stage = aStage();
  await stage.ask({ type: 'show', feed: 'recorded' });
  await stage.ask({ type: 'scene', name: 'drift', slide: 'how', by: 'key' });
  await stage.ask({ type: 'show', feed: 'live' });
  const last = stage.heard.at(-1);
  assert.ok(last?.type === 'show');
  assert.deepEqual(last.played, []);
  await stage.ask({ type: 'scene', name: 'drift', slide: 'how', by: 'key' });
  assert.deepEqual([stage.performed, stage.told], [['drift'], []]);
});

test('without a cluster there is none to come back to', async () => {
  const stage = aStage({ hasCluster: false, show: RUN });
  await stage.ask({ type: 'show', feed: 'live' });
  assert.deepEqual(stage.hub.showing(), RUN);
  assert.match(stage.told.join(), /no cluster/);
});

test('a recorded scene begins again as often as its key is pressed', async () => {
  const stage = aStage({ hasCluster: false, show: RUN });
  await stage.ask({ type: 'scene', name: 'push', by: 'key' });
  stage.time.pass(20);
  await stage.ask({ type: 'scene', name: 'push', by: 'key' });
  assert.deepEqual(stage.hub.scene(), { name: 'push', began: 20 });
  assert.deepEqual(stage.performed, []);
});

test('in a recorded run, too, a step begins its scene once', async () => {
  const stage = aStage({ hasCluster: false, show: RUN });
  const wish = { type: 'scene', name: 'push', slide: 'how', by: 'step' } as const;
  await stage.ask(wish);
  stage.time.pass(20);
  await stage.ask(wish);
  assert.equal(stage.hub.scene()?.began, 0);
});

test('by itself the show changes after ten seconds without the cluster, and back after ten with it', async () => {
  const stage = aStage({ auto: true });
  stage.publish(LOST);
  stage.time.pass(9);
  stage.publish(LIVE);
  stage.time.pass(20);
  await settled();
  assert.deepEqual(stage.hub.showing(), { feed: 'live' });
  stage.publish(LOST);
  stage.time.pass(10);
  await settled();
  assert.deepEqual(stage.hub.showing(), RUN);
  stage.publish(LIVE);
  stage.time.pass(10);
  assert.deepEqual(stage.hub.showing(), { feed: 'live' });
});

test('one kind that is not to be seen is no reason to leave the cluster', async () => {
  const stage = aStage({ auto: true });
  stage.publish({ ...LOST, kinds: ['HelmRelease'] });
  stage.time.pass(60);
  await settled();
  assert.deepEqual(stage.hub.showing(), { feed: 'live' });
});

test('without a run to play the picture stays stale, and nothing breaks', async () => {
  const recorded = () => Promise.reject(new Error('The disk is gone.'));
  const stage = aStage({ auto: true, recorded });
  stage.publish(LOST);
  stage.time.pass(10);
  await settled();
  assert.deepEqual(stage.hub.showing(), { feed: 'live' });
  await stage.ask({ type: 'show', feed: 'recorded' });
  assert.deepEqual(stage.told, ['The disk is gone.']);
});
