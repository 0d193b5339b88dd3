import { test } from 'node:test';
import fc from 'fast-check';
import { anyRun } from '../helpers/arbitrary.ts';
import { assertLaws } from '../helpers/laws.ts';

test('whoever watches a run, however and from whenever, sees the same', () => {
  fc.assert(
    fc.property(
      anyRun,
      fc.array(fc.double({ min: -1, max: 60, noNaN: true }), { maxLength: 3 }),
      (run, moments) => {
        const end = run.at(-1)?.at ?? 0;
        assertLaws(run, [...moments, end, end + 6]);
      },
    ),
    { numRuns: 100 },
  );
});
