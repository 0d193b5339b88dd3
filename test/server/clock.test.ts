import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steadyClock } from '../../server/clock.ts';

/** Two counters that a test winds: one of them stands still while the machine sleeps. */
function machine() {
  const counted = { running: 5000, up: 77 };
  // To a hundredth, as Linux tells it.
  const clock = steadyClock({
    running: () => counted.running,
    up: () => Math.floor(counted.up * 100) / 100,
  });
  return {
    clock,
    runs: (seconds: number) => {
      counted.running += seconds * 1000;
      counted.up += seconds;
    },
    sleeps: (seconds: number) => {
      counted.up += seconds;
    },
  };
}

test('seconds are counted from its beginning, finely', () => {
  const { clock, runs } = machine();
  assert.equal(clock(), 0);
  for (let beats = 0; beats < 1000; beats += 1) runs(0.0163);
  assert.ok(Math.abs(clock() - 16.3) < 1e-9, `${clock()}`);
});

test('it goes on while the machine sleeps, however often', () => {
  const { clock, runs, sleeps } = machine();
  runs(3);
  clock();
  for (const [asleep, all] of [
    [3600, 3604],
    [20, 3625],
  ] as const) {
    sleeps(asleep);
    runs(1);
    assert.ok(Math.abs(clock() - all) < 0.05, `${clock()}`);
  }
});

test('it never goes back', () => {
  const { clock, runs, sleeps } = machine();
  let last = clock();
  for (const [asleep, awake] of [
    [0.4, 0.1],
    [0.7, 0.1],
    [30, 0.001],
    [0, 0.001],
  ] as const) {
    sleeps(asleep);
    runs(awake);
    assert.ok(clock() >= last);
    last = clock();
  }
});

test('the real ones agree with each other', () => {
  const clock = steadyClock();
  const begun = performance.now();
  assert.ok(Math.abs(clock() - (performance.now() - begun) / 1000) < 0.5);
});
