import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  allotment,
  begin,
  clockFace,
  elapsed,
  momentOf,
  readTimer,
  secondsOf,
  standing,
  togglePause,
} from '../../src/shared/timer.ts';

/** This machine's time on a winter's day, in seconds since 1970. */
const at = (hour: number, minute = 0, second = 0) =>
  new Date(2026, 10, 22, hour, minute, second).getTime() / 1000;

test('a length of time is read as Rabbit reads it, and in several units', () => {
  const lengths: [text: string, seconds: number][] = [
    ['2m', 120],
    ['90', 90],
    ['1.5h', 5400],
    ['.5m', 30],
    ['5.m', 300],
    [' 45 S ', 45],
    ['1h30m', 5400],
    ['1h 30m', 5400],
    ['1h30m15s', 5415],
  ];
  for (const [text, seconds] of lengths) assert.equal(secondsOf(text), seconds, text);
});

test('what is no length of time is none', () => {
  for (const text of ['', 'm', 'soon', '2 minutes', '-5m', '1:30', '5x', 'h30', '1..5h', '2m 30']) {
    assert.equal(secondsOf(text), undefined, text);
  }
});

test('a moment is today unless it names its day, and here unless it names its zone', () => {
  const now = at(12);
  assert.equal(momentOf('14:00', now), at(14));
  assert.equal(momentOf('9:05:30', now), at(9, 5, 30));
  assert.equal(momentOf('2026-11-22 14:00', now), at(14));
  assert.equal(momentOf('2026/11/22T14:00', now), at(14));
  assert.equal(momentOf('2026-11-22', now), at(0));
  assert.equal(momentOf('2026-11-22 14:00 +09:00', now), Date.UTC(2026, 10, 22, 5) / 1000);
  assert.equal(momentOf('2026-11-22T14:00:00Z', now), Date.UTC(2026, 10, 22, 14) / 1000);
  for (const text of ['', 'soon', '+09:00', '14', '2026', '22.11.2026']) {
    assert.equal(momentOf(text, now), undefined, text);
  }
});

test('within the hours of a talk they count, before and after them the allotted time does', () => {
  const plan = { allotted: '20m', start: '14:00', end: '14:30' };
  assert.equal(allotment(plan, at(14, 5)), 30 * 60);
  assert.equal(allotment(plan, at(13)), 20 * 60);
  assert.equal(allotment(plan, at(15)), 20 * 60);
  assert.equal(allotment({ start: '14:00', end: '14:30' }, at(9)), 30 * 60);
  assert.equal(allotment({ start: '14:30', end: '14:00' }, at(9)), undefined);
  assert.equal(allotment({ allotted: 'soon' }, at(9)), undefined);
  assert.equal(allotment({ allotted: '0' }, at(9)), undefined);
  assert.equal(allotment({}, at(9)), undefined);
});

test('a talk that begins within its hours is late from the start', () => {
  const plan = { start: '14:00', end: '14:30' };
  assert.equal(elapsed(begin(plan, at(14, 5)), at(14, 5)), 5 * 60);
  assert.equal(elapsed(begin(plan, at(9)), at(9)), 0);
});

test('a pause takes nothing of the time', () => {
  const begun = begin({ allotted: '2m' }, 1000);
  const paused = togglePause(begun, 1030);
  assert.equal(elapsed(paused, 5000), 30);
  const again = togglePause(paused, 5000);
  assert.equal(elapsed(again, 5015), 45);
});

test('the tortoise is at the time’s share, at the goal when it is over, and never beyond', () => {
  const timer = begin({}, 1000);
  assert.deepEqual(standing(timer, 120, 1030), { elapsed: 30, share: 0.25, over: 0 });
  assert.deepEqual(standing(timer, 120, 1120), { elapsed: 120, share: 1, over: 0 });
  assert.deepEqual(standing(timer, 120, 1200), { elapsed: 200, share: 1, over: 80 });
});

test('whatever is pressed, the clock never goes back and its share stays from 0 to 1', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ wait: fc.nat(1000), press: fc.boolean() })),
      fc.integer({ min: 1, max: 5000 }),
      (acts, allotted) => {
        let now = 1000;
        let timer = begin({}, now);
        let before = 0;
        for (const { wait, press } of acts) {
          now += wait;
          const gone = elapsed(timer, now);
          assert.ok(gone >= before);
          before = gone;
          const { share, over } = standing(timer, allotted, now);
          assert.ok(share >= 0 && share <= 1 && (over === 0 || share === 1));
          if (press) timer = togglePause(timer, now);
          assert.equal(elapsed(timer, now), gone);
        }
      },
    ),
  );
});

test('a clock is read as it was kept, unless nobody has looked at it for half an hour', () => {
  for (const timer of [begin({}, 1000), togglePause(begin({}, 1000), 1030)]) {
    const text = JSON.stringify(timer);
    assert.deepEqual(readTimer(text, timer.seen + 60), timer);
    assert.equal(readTimer(text, timer.seen + 31 * 60), undefined);
  }
});

test('what is no clock is none', () => {
  const bad = [null, '', '{', '7', 'null', '[]', '{"began":1}', '{"began":"1","spent":0,"seen":1}'];
  for (const text of bad) assert.equal(readTimer(text, 1), undefined);
  assert.equal(readTimer('{"began":1,"spent":-1,"seen":1}', 1), undefined);
  assert.equal(readTimer('{"began":1,"spent":0,"seen":1,"since":"x"}', 1), undefined);
});

test('a clock’s face shows minutes and seconds, and hours where there are some', () => {
  assert.deepEqual([0, 9.9, 80, 3725].map(clockFace), ['0:00', '0:09', '1:20', '1:02:05']);
});
