import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatAddress, parseAddress } from '../../src/shared/address.ts';
import { clamp, isNext, type Move, move, type Position } from '../../src/shared/position.ts';

const seed = [0, 0, 2, 1, 3, 0, 0, 1, 0, 2, 2];
const nowhere = new Map<number, number>();

function walk(from: Position, type: 'next' | 'previous'): Position[] {
  const seen = [from];
  for (;;) {
    const at = seen.at(-1) ?? from;
    const to = move(seed, nowhere, at, { type });
    if (to === at) return seen;
    seen.push(to);
  }
}

test('pressing next from the title shows each of the 22 views once and then stays', () => {
  const views = walk({ slide: 0, step: 0 }, 'next');
  assert.equal(views.length, 22);
  assert.deepEqual(views.at(-1), { slide: 10, step: 2 });
});

test('pressing previous from the end shows the same views in reverse', () => {
  const forth = walk({ slide: 0, step: 0 }, 'next');
  const back = walk({ slide: 10, step: 2 }, 'previous');
  assert.deepEqual(back, forth.reverse());
});

test('only where one press on leads is next', () => {
  for (const from of walk({ slide: 0, step: 0 }, 'next')) {
    const next = walk({ slide: 0, step: 0 }, 'next').filter((to) => isNext(seed, from, to));
    const to = move(seed, nowhere, from, { type: 'next' });
    assert.deepEqual(next, to === from ? [] : [to]);
  }
});

test('a slide entered by the previous key shows its last step', () => {
  assert.deepEqual(move(seed, nowhere, { slide: 5, step: 0 }, { type: 'previous' }), {
    slide: 4,
    step: 3,
  });
});

test('a slide entered by a jump shows the step that it was left at', () => {
  const left = new Map([[4, 2]]);
  const at = { slide: 9, step: 1 };
  assert.deepEqual(move(seed, left, at, { type: 'jump', slide: 4 }), { slide: 4, step: 2 });
  assert.deepEqual(move(seed, left, at, { type: 'jump', slide: 2 }), { slide: 2, step: 0 });
  assert.deepEqual(move(seed, left, at, { type: 'jump', slide: 9 }), at);
});

test('an address past the end shows the last slide, a step past the last shows the last', () => {
  const to = (position: Position): Move => ({ type: 'to', position });
  const title = { slide: 0, step: 0 };
  assert.deepEqual(move(seed, nowhere, title, to({ slide: 99, step: 0 })), { slide: 10, step: 0 });
  assert.deepEqual(move(seed, nowhere, title, to({ slide: 4, step: 9 })), { slide: 4, step: 3 });
});

test('every move leads to a position that the deck has', () => {
  const moves: fc.Arbitrary<Move> = fc.oneof(
    fc.constantFrom<Move>(
      { type: 'next' },
      { type: 'previous' },
      { type: 'next-slide' },
      { type: 'previous-slide' },
      { type: 'first' },
      { type: 'last' },
    ),
    fc.integer({ min: -3, max: 30 }).map((slide): Move => ({ type: 'jump', slide })),
    fc
      .record({ slide: fc.integer({ min: -3, max: 30 }), step: fc.integer({ min: -3, max: 30 }) })
      .map((position): Move => ({ type: 'to', position })),
  );
  fc.assert(
    fc.property(
      fc.array(fc.nat(4), { minLength: 1, maxLength: 12 }),
      fc.array(moves),
      (shape, path) => {
        let at = { slide: 0, step: 0 };
        for (const next of path) {
          at = move(shape, nowhere, at, next);
          assert.deepEqual(at, clamp(shape, at));
        }
      },
    ),
  );
});

test('an address names the position that it was made of', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(20), (slide, step) => {
      assert.deepEqual(parseAddress(formatAddress({ slide, step }), []), { slide, step });
    }),
  );
});

test('an address may name a slide by its id, with a step', () => {
  const ids = ['title', 'gitops', 'gitops-2', 'größe'];
  assert.deepEqual(parseAddress('#/gitops-2', ids), { slide: 2, step: 0 });
  assert.deepEqual(parseAddress('#/gitops/1', ids), { slide: 1, step: 1 });
  assert.deepEqual(parseAddress('#/gr%C3%B6%C3%9Fe', ids), { slide: 3, step: 0 });
  for (const bad of ['', '#', '#/', '#/nowhere', '#/%E0%A4%A', '#/1/x', '#x']) {
    assert.equal(parseAddress(bad, ids), undefined);
  }
});
