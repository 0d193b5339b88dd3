import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createPacedFlow } from '../../../src/feed/pacedFlow.ts';
import { pacedAll } from '../../../src/shared/pace.ts';
import { empty, reduceAll } from '../../../src/shared/reduce.ts';
import { toSnapshot } from '../../../src/shared/snapshot.ts';
import { anyRun } from '../../helpers/arbitrary.ts';

const FIRST = empty({ state: 'live', text: 'Live' });

for (const speed of ['visible', 'real'] as const) {
  test(`however often it is looked at, a paced flow ends the same (pace: ${speed})`, () => {
    fc.assert(
      fc.property(anyRun, fc.infiniteStream(fc.boolean()), (run, looks) => {
        const paced = createPacedFlow(FIRST, speed);
        for (const { at, event } of run) {
          paced.events(at, [event]);
          if (looks.next().value) paced.at(at);
        }
        const last = (run.at(-1)?.at ?? 0) + 60;
        const expected = reduceAll(FIRST, pacedAll(run, speed));
        assert.deepEqual(toSnapshot(paced.at(last)), toSnapshot(expected));
        assert.equal(paced.waits(), false);
      }),
    );
  });
}

test('a reset forgets what was on its way', () => {
  const paced = createPacedFlow(FIRST, 'visible');
  paced.events(1, [{ type: 'marker', name: 'push' }]);
  paced.reset(FIRST);
  assert.deepEqual(toSnapshot(paced.at(100)), toSnapshot(FIRST));
});
