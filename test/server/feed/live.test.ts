import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aStage, frame, reset, say } from '../../helpers/stage.ts';

test('a reset comes first, and frames follow it in sequence', () => {
  const { sockets, told } = aStage();
  say(sockets[0], frame(1));
  say(sockets[0], reset(4));
  say(sockets[0], frame(5, 6));
  say(sockets[0], frame(7));
  assert.deepEqual(told, ['reset 4', '5 marker', '6 marker', '7 marker']);
});

test('a gap is not played over: the page connects again and is reset', () => {
  const { sockets, told, time } = aStage();
  say(sockets[0], reset(4));
  say(sockets[0], frame(5, 7));
  say(sockets[0], frame(8));
  assert.equal(sockets[0]?.closed, true);
  time.pass(0.5);
  say(sockets[1], reset(8));
  say(sockets[1], frame(9));
  assert.deepEqual(told, ['reset 4', '5 marker', 'reset 8', '9 marker']);
});

test('a frame that is told again is a gap too', () => {
  const { sockets, told } = aStage();
  say(sockets[0], reset(4));
  say(sockets[0], frame(4));
  assert.deepEqual(told, ['reset 4']);
  assert.equal(sockets[0]?.closed, true);
});

test('four and a half seconds without a word are stale, told once, until the next reset', () => {
  const { sockets, told, time } = aStage();
  say(sockets[0], reset(0, 100));
  time.pass(4.4);
  assert.deepEqual(told, ['reset 0']);
  time.pass(0.2);
  assert.deepEqual(told, ['reset 0', '104.5 stale']);
  time.pass(60);
  assert.deepEqual(told, ['reset 0', '104.5 stale']);
  say(sockets.at(-1), reset(3));
  assert.deepEqual(told, ['reset 0', '104.5 stale', 'reset 3']);
  time.pass(4.6);
  assert.equal(told.at(-1)?.endsWith('stale'), true);
});

test('frames and signs of life keep it from being stale', () => {
  const { sockets, told, time } = aStage();
  say(sockets[0], reset());
  for (let seq = 1; seq < 5; seq++) {
    time.pass(2);
    say(sockets[0], { type: 'alive', now: time.clock() });
    time.pass(2);
    say(sockets[0], frame(seq));
  }
  assert.deepEqual(
    told.filter((each) => each.endsWith('stale')),
    [],
  );
});

test('a page that never reaches the server is stale as well, and goes on trying', () => {
  const { sockets, told, time } = aStage();
  time.pass(60);
  assert.deepEqual(told, ['0 stale']);
  assert.ok(sockets.length > 4);
});

test('a short break is bridged without being told', () => {
  const { sockets, told, time } = aStage();
  say(sockets[0], reset());
  sockets[0]?.onclose?.();
  time.pass(0.5);
  say(sockets[1], reset(2));
  time.pass(4);
  assert.deepEqual(told, ['reset 0', 'reset 2']);
});

test('the wait doubles from half a second to eight, and is anywhere below that', () => {
  const { sockets, time } = aStage({ random: 0.999 });
  const opened: number[] = [];
  for (let count = sockets.length; opened.length < 7; ) {
    sockets.at(-1)?.onclose?.();
    const from = time.clock();
    while (sockets.length === count) time.pass(0.01);
    count = sockets.length;
    opened.push(Math.round((time.clock() - from) * 10) / 10);
  }
  assert.deepEqual(opened, [0.5, 1, 2, 4, 8, 8, 8]);
});

test('only a connection that stayed healthy makes the next wait short again', () => {
  const { sockets, time } = aStage({ random: 1 });
  const waitAfterClose = () => {
    const from = time.clock();
    const count = sockets.length;
    sockets.at(-1)?.onclose?.();
    while (sockets.length === count) time.pass(0.01);
    return Math.round((time.clock() - from) * 10) / 10;
  };
  assert.deepEqual([waitAfterClose(), waitAfterClose(), waitAfterClose()], [0.5, 1, 2]);
  say(sockets.at(-1), reset());
  assert.equal(waitAfterClose(), 4, 'a server that resets and hangs up is not healthy');
  say(sockets.at(-1), reset());
  time.pass(2);
  say(sockets.at(-1), { type: 'alive', now: 2 });
  assert.equal(waitAfterClose(), 0.5);
});

test('a socket that cannot even be opened is tried again', () => {
  let refused = true;
  const { sockets, told, time } = aStage({ refuse: () => refused });
  time.pass(2);
  assert.equal(sockets.length, 0);
  refused = false;
  time.pass(2);
  say(sockets[0], reset());
  assert.deepEqual(told.at(-1), 'reset 0');
});

test('waking up tries at once, but leaves a healthy socket alone', () => {
  const { sockets, time, wake } = aStage();
  say(sockets[0], reset());
  wake();
  assert.equal(sockets.length, 1);
  sockets[0]?.onclose?.();
  wake();
  assert.equal(sockets.length, 2);
  say(sockets[1], reset());
  time.pass(3);
  wake();
  assert.equal(sockets.length, 3, 'three seconds of silence may be a dead socket after sleep');
  time.pass(1);
  assert.equal(sockets.length, 3, 'and there is only one way back');
});

test('what a socket says after it was given up is not heard', () => {
  const { sockets, told, time, wake } = aStage();
  const [old] = sockets;
  const oldEar = old?.onmessage;
  time.pass(3);
  wake();
  assert.equal(old?.onmessage, null);
  assert.equal(old.onclose, null);
  assert.ok(oldEar);
  assert.equal(old.closed, true);
  assert.deepEqual(told, []);
});

test('the server’s clock is followed forward and never back', () => {
  const { sockets, feed, time } = aStage();
  assert.equal(feed.now(), undefined);
  say(sockets[0], reset(0, 100));
  time.pass(1);
  assert.equal(feed.now(), 101);
  say(sockets[0], { type: 'alive', now: 101.5 });
  assert.equal(feed.now(), 101.5);
  say(sockets[0], { type: 'alive', now: 99 });
  assert.equal(feed.now(), 101.5);
  say(sockets[0], reset(0, 3));
  assert.equal(feed.now(), 3, 'a server that began again has a clock of its own');
});

test('scenes and edits are passed on', () => {
  const { sockets, told } = aStage();
  say(sockets[0], reset());
  say(sockets[0], { type: 'scene', name: 'drift', began: 3, now: 3.1 });
  say(sockets[0], { type: 'deck', payload: [1] });
  assert.deepEqual(told, ['reset 0', 'scene drift 3', 'deck [1]']);
});

test('what cannot be read is passed over and is no sign of life', () => {
  const { sockets, told, time } = aStage();
  say(sockets[0], reset());
  time.pass(3);
  sockets[0]?.onmessage?.({ data: '{"type":"alive"}' });
  sockets[0]?.onmessage?.({ data: new ArrayBuffer(3) });
  time.pass(1.6);
  assert.deepEqual(told, ['reset 0', '4.5 stale']);
});

test('a message goes up only while somebody is there to take it', () => {
  const { sockets, feed } = aStage();
  assert.equal(feed.send({ type: 'scene', name: 'push' }), false);
  say(sockets[0], reset());
  assert.equal(feed.send({ type: 'scene', name: 'push' }), true);
  sockets[0]?.onclose?.();
  assert.equal(feed.send({ type: 'scene', name: 'push' }), false);
  assert.deepEqual(sockets[0]?.sent, ['{"type":"scene","name":"push"}']);
});

test('a feed that is stopped is silent for good', () => {
  const { sockets, told, feed, time, wake } = aStage();
  say(sockets[0], reset());
  feed.stop();
  time.pass(60);
  wake();
  assert.deepEqual([told, sockets.length, sockets[0]?.closed], [['reset 0'], 1, true]);
});
