import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  longest,
  type MomentCue,
  momentAt,
  readMoment,
  readMoments,
  sceneLengths,
  tellMoment,
  writeMoments,
} from '../../src/shared/moment.ts';
import { SCENES } from '../../src/shared/scene.ts';

const cue = fc
  .tuple(fc.constantFrom(...SCENES), fc.nat(2000), fc.nat(12))
  .map(([scene, tenths, step]): MomentCue => ({ scene, seconds: tenths / 10, step }));

test('moments are read from a page as they were written to it', () => {
  fc.assert(
    fc.property(fc.array(cue), (cues) => {
      assert.deepEqual(readMoments(writeMoments(cues)), cues);
    }),
  );
  assert.deepEqual(readMoments(''), []);
});

test('an author may write a moment in more than one way', () => {
  const moment = { scene: 'push', seconds: 3.2, step: 2 };
  for (const written of [
    'push+3.2s at 2',
    ' Push + 3.2 s at 2 ',
    'push+3.2 at 2',
    'push+3.24s AT 2',
  ]) {
    assert.deepEqual(readMoment(written), moment, written);
  }
  assert.deepEqual(readMoment('drift+4s'), { scene: 'drift', seconds: 4, step: 0 });
  for (const written of [
    'push',
    '+3s',
    'push-3s',
    'push+3s at',
    'push+3s at 1 please',
    'push+-1s',
    '',
  ]) {
    assert.equal(readMoment(written), undefined, written);
  }
});

test('a step shows its moment, or that of the last step before it', () => {
  fc.assert(
    fc.property(fc.uniqueArray(cue, { selector: ({ step }) => step }), fc.nat(14), (cues, step) => {
      const before = cues.filter((each) => each.step <= step).map((each) => each.step);
      assert.equal(momentAt(cues, step)?.step, before.length > 0 ? Math.max(...before) : undefined);
    }),
  );
});

test('a moment is told in words', () => {
  assert.equal(tellMoment({ scene: 'push', seconds: 3.2 }), 'push, 3.2\u00A0s after it began');
  assert.equal(tellMoment({ scene: 'push', seconds: 0 }), 'push, as it begins');
});

test('of scenes of one name the first counts, of recordings the longest', () => {
  const one = sceneLengths([
    { name: 'push', from: 1, to: 3, first: 0, end: 1 },
    { name: 'push', from: 3, to: 9, first: 1, end: 2 },
  ]);
  const other = new Map([
    ['push', 1],
    ['drift', 4],
  ]);
  assert.deepEqual(
    [...longest([one, other])],
    [
      ['push', 2],
      ['drift', 4],
    ],
  );
});
