import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { keyed, reelOf, stillAt, stopOf } from '../../../src/scrubber/reel.ts';

const LENGTHS = new Map([
  ['push', 9.876],
  ['drift', 24.978],
  ['fix', 0.3],
]);
const reel = reelOf(LENGTHS);
const press = (stop: number, key: string, shiftKey = false) => keyed(reel, stop, { key, shiftKey });

test('every stop is a moment of a scene, and every tenth of every scene is a stop', () => {
  const moments = Array.from({ length: reel.last + 1 }, (_, stop) => stillAt(reel, stop));
  assert.deepEqual(
    moments,
    [...LENGTHS].flatMap(([scene, length]) =>
      Array.from({ length: Math.floor(length * 10) + 1 }, (_, tenth) => ({
        scene,
        seconds: tenth / 10,
      })),
    ),
  );
  for (const [stop, still] of moments.entries()) assert.equal(still && stopOf(reel, still), stop);
});

test('a moment past its scene is the scene’s last stop; of a scene that is not there is none', () => {
  assert.deepEqual(stillAt(reel, stopOf(reel, { scene: 'push', seconds: 99 }) ?? 0), {
    scene: 'push',
    seconds: 9.8,
  });
  assert.equal(stopOf(reel, { scene: 'scale', seconds: 1 }), undefined);
  assert.equal(stillAt(reelOf(new Map()), 0), undefined);
});

test('arrows go a tenth of a second, with Shift a second, and page keys from scene to scene', () => {
  assert.equal(press(5, 'ArrowRight'), 6);
  assert.equal(press(5, 'ArrowDown'), 4);
  assert.equal(press(5, 'ArrowUp', true), 15);
  assert.equal(press(15, 'ArrowLeft', true), 5);
  assert.deepEqual(stillAt(reel, press(5, 'PageUp') ?? 0), { scene: 'drift', seconds: 0 });
  assert.deepEqual(stillAt(reel, press(120, 'PageDown') ?? 0), { scene: 'drift', seconds: 0 });
  assert.equal(press(5, 'Home'), 0);
  assert.equal(press(5, 'End'), reel.last);
  assert.equal(press(5, 'n'), undefined);
});

test('no key leads off the reel', () => {
  const keys = ['ArrowRight', 'ArrowLeft', 'PageUp', 'PageDown', 'Home', 'End'];
  fc.assert(
    fc.property(
      fc.nat(reel.last),
      fc.constantFrom(...keys),
      fc.boolean(),
      (stop, key, shiftKey) => {
        const next = press(stop, key, shiftKey);
        assert.ok(next !== undefined && next >= 0 && next <= reel.last);
      },
    ),
  );
});
