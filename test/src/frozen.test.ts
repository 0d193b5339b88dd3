import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFrozen } from '../../src/frozen.ts';
import type { MomentCue } from '../../src/shared/moment.ts';

const PUSH: MomentCue = { scene: 'push', seconds: 3.2, step: 2 };
const DRIFT: MomentCue = { scene: 'drift', seconds: 1, step: 4 };
const SOUGHT = { scene: 'fix', seconds: 2 };

test('what shows is what the position asks for, wherever one comes from', () => {
  const frozen = createFrozen();
  for (const cue of [undefined, PUSH, DRIFT, PUSH, undefined, DRIFT]) {
    frozen.arrive('slide', cue);
    assert.equal(frozen.now(), cue);
  }
});

test('a scene of the slide takes its place, until it is come to again', () => {
  const frozen = createFrozen();
  frozen.arrive('slide', PUSH);
  frozen.giveWay();
  assert.equal(frozen.now(), undefined);
  frozen.arrive('slide', { ...PUSH });
  assert.equal(frozen.now(), undefined, 'the next step is of the same moment');
  frozen.arrive('slide', undefined);
  frozen.arrive('slide', PUSH);
  assert.equal(frozen.now(), PUSH);
  frozen.giveWay();
  frozen.arrive('other', PUSH);
  assert.equal(frozen.now(), PUSH, 'another slide asks for it');
});

test('what the author looks for shows until the next position, or a scene', () => {
  const frozen = createFrozen();
  frozen.arrive('slide', PUSH);
  frozen.seek(SOUGHT);
  assert.equal(frozen.now(), SOUGHT);
  frozen.seek(undefined);
  assert.equal(frozen.now(), PUSH);
  frozen.seek(SOUGHT);
  frozen.arrive('slide', PUSH);
  assert.equal(frozen.now(), PUSH);
  frozen.seek(SOUGHT);
  frozen.giveWay();
  assert.equal(frozen.now(), undefined);
});
