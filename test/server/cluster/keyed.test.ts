import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { drop, empty, entries, get, type Keyed, put } from '../../../server/cluster/keyed.ts';

test('a keyed map is a Map that is never changed', () => {
  const key = fc.integer({ min: 0, max: 60 }).map((index) => `Deployment/default/${index}`);
  const step = fc.oneof(
    fc.record({ key, value: fc.nat() }),
    fc.record({ key, value: fc.constant(undefined) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const model = new Map<string, number>();
      const past: [Keyed<number>, string][] = [];
      let map = empty<number>();
      for (const each of steps) {
        if (each.value === undefined) {
          map = drop(map, each.key);
          model.delete(each.key);
        } else {
          map = put(map, each.key, each.value);
          model.set(each.key, each.value);
        }
        assert.equal(get(map, each.key), model.get(each.key));
        past.push([map, written(entries(map))]);
      }
      assert.equal(written(entries(map)), written(model));
      for (const [before, text] of past) assert.equal(written(entries(before)), text);
    }),
    { numRuns: 30 },
  );
});

function written(pairs: Iterable<readonly [string, number]>): string {
  return [...pairs].map(String).toSorted().join(' ');
}
