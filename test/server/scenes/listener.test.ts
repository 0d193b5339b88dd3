import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listenFor } from '../../../server/commands/sceneListener.ts';
import { createHub } from '../../../server/hub.ts';
import { createShow, type Performance } from '../../../server/show.ts';
import { decodeDown } from '../../../src/shared/wire.ts';
import { aPush } from '../../helpers/story.ts';
import { fakeTime } from '../../helpers/time.ts';

/** A talk whose scenes come out as the test says, and who listens to it for one. */
function talk(perform: () => Promise<Performance>) {
  const time = fakeTime();
  const hub = createHub({
    ...time,
    started: '2026-11-22T15:00:00.000Z',
    health: { state: 'live', text: 'Live' },
    show: { feed: 'live' },
  });
  const show = createShow({
    ...time,
    hub,
    perform,
    recorded: () => Promise.reject(new Error('none')),
    hasCluster: true,
    auto: false,
  });
  const lines: string[] = [];
  const listener = listenFor('push', (line) => lines.push(line));
  hub.subscribe({
    send: (text) => {
      const message = decodeDown(text);
      if (message) listener.hear(message);
    },
    buffered: () => 0,
  });
  const ask = () =>
    show.ask({ type: 'scene', name: 'push', by: 'key' }, (text) =>
      listener.hear({ type: 'told', text }),
    );
  return { time, hub, listener, lines, ask };
}

const settle = () => new Promise<void>((resolve) => void setImmediate(resolve));

test('a scene is told in words as it happens, each with its time in it, until it has ended', async () => {
  const done = Promise.withResolvers<{ seconds: number }>();
  const { time, hub, listener, lines, ask } = talk(async () => ({ done: done.promise }));
  time.pass(14.87);
  ask();
  await settle();
  for (const { at, event } of aPush()) {
    time.pass(at - time.clock());
    hub.publish(at, [event]);
  }
  time.pass(1);
  done.resolve({ seconds: 5.744 });
  const outcome = await listener.outcome;
  assert.ok('seconds' in outcome);
  assert.equal(outcome.seconds.toFixed(2), '6.74');
  assert.equal(lines[0], '  0.1 s  Commit a3deec7: “Say hello to the webinar”');
  assert.equal(
    lines.at(-1),
    '  5.7 s  Kustomization podinfo: applied main@a3deec7, 5.6 s after the push',
  );
});

test('a scene that is refused, or fails, comes out with the reason', async () => {
  const refused = talk(async () => ({ refused: 'Wait until it is ready.' }));
  refused.ask();
  assert.deepEqual(await refused.listener.outcome, { failed: 'Wait until it is ready.' });
  const failed = talk(async () => ({ done: Promise.resolve({ failed: 'It did not end.' }) }));
  failed.ask();
  assert.deepEqual(await failed.listener.outcome, { failed: 'It did not end.' });
});

test('what happened before the scene is not told as its own', async () => {
  const { hub, lines, ask, listener, time } = talk(() => Promise.reject(new Error('no')));
  for (const { at, event } of aPush()) hub.publish(at, [event]);
  time.pass(30);
  ask();
  assert.deepEqual(await listener.outcome, { failed: 'no' });
  assert.deepEqual(lines, []);
});

test('a talk that closes takes its scene with it', async () => {
  const { listener } = talk(() => new Promise(() => undefined));
  listener.lost();
  assert.match(JSON.stringify(await listener.outcome), /closed before the scene had ended/);
});
