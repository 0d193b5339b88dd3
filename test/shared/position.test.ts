import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatAddress, parseAddress } from '../../src/shared/address.ts';
import {
  clamp,
  isNext,
  type Move,
  move,
  type Position,
  type Shape,
} from '../../src/shared/position.ts';

const seed: Shape = [0, 0, 2, 1, 3, 0, 0, 1, 0, 2, 2].map((steps) => ({ steps }));
/** Any deck: the title, then slides on the way and off it. */
const shapes: fc.Arbitrary<Shape> = fc
  .array(
    fc.record(
      { steps: fc.nat(3), aside: fc.constantFrom('skip' as const, 'backup' as const) },
      { requiredKeys: ['steps'] },
    ),
    { maxLength: 12 },
  )
  .map((slides) => [{ steps: 0 }, ...slides]);
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
    fc.property(shapes, fc.array(moves), (shape, path) => {
      let at = { slide: 0, step: 0 };
      for (const next of path) {
        at = move(shape, nowhere, at, next);
        assert.deepEqual(at, clamp(shape, at));
      }
    }),
  );
});

const TALK: Shape = [
  { steps: 0 },
  { steps: 1 },
  { steps: 2, aside: 'skip' },
  { steps: 0, aside: 'backup' },
  { steps: 1 },
  { steps: 1, aside: 'backup' },
  { steps: 0, aside: 'skip' },
];

test('the keys leave out what is skipped and what is kept for questions', () => {
  const seen: Position[] = [{ slide: 0, step: 0 }];
  for (let press = 0; press < 9; press += 1) {
    seen.push(move(TALK, nowhere, seen.at(-1) ?? { slide: 0, step: 0 }, { type: 'next' }));
  }
  const told = [...new Set(seen.map(({ slide, step }) => `${slide}/${step}`))];
  assert.deepEqual(told, ['0/0', '1/0', '1/1', '4/0', '4/1']);
  assert.deepEqual(move(TALK, nowhere, { slide: 4, step: 0 }, { type: 'previous' }), {
    slide: 1,
    step: 1,
  });
  assert.deepEqual(move(TALK, nowhere, { slide: 0, step: 0 }, { type: 'last' }), {
    slide: 4,
    step: 0,
  });
});

test('a jump reaches what the keys leave out', () => {
  for (const slide of [2, 3, 5, 6]) {
    const at = { slide: 0, step: 0 };
    assert.deepEqual(move(TALK, nowhere, at, { type: 'jump', slide }), { slide, step: 0 });
  }
});

test('from a backup slide the keys go from one backup slide to the next, and stay at the last', () => {
  const walk = (from: Position, type: 'next' | 'previous') => move(TALK, nowhere, from, { type });
  assert.deepEqual(walk({ slide: 3, step: 0 }, 'next'), { slide: 5, step: 0 });
  assert.deepEqual(walk({ slide: 5, step: 1 }, 'next'), { slide: 5, step: 1 });
  assert.deepEqual(walk({ slide: 5, step: 0 }, 'previous'), { slide: 3, step: 0 });
  assert.deepEqual(walk({ slide: 3, step: 0 }, 'previous'), { slide: 3, step: 0 });
});

test('from a skipped slide the keys lead back to the talk’s way', () => {
  assert.deepEqual(move(TALK, nowhere, { slide: 2, step: 2 }, { type: 'next' }), {
    slide: 4,
    step: 0,
  });
  assert.deepEqual(move(TALK, nowhere, { slide: 2, step: 0 }, { type: 'previous' }), {
    slide: 1,
    step: 1,
  });
});

test('next and previous undo each other, except at an end and from a skipped slide', () => {
  fc.assert(
    fc.property(shapes, fc.nat(12), fc.nat(3), (shape, slide, step) => {
      const at = clamp(shape, { slide, step });
      if (shape[at.slide]?.aside === 'skip') return;
      const on = move(shape, nowhere, at, { type: 'next' });
      const back = move(shape, nowhere, at, { type: 'previous' });
      if (on !== at) assert.deepEqual(move(shape, nowhere, on, { type: 'previous' }), at);
      if (back !== at) assert.deepEqual(move(shape, nowhere, back, { type: 'next' }), at);
    }),
  );
});

test('a press never leads to another kind of slide', () => {
  fc.assert(
    fc.property(shapes, fc.nat(12), fc.nat(3), (shape, slide, step) => {
      const at = clamp(shape, { slide, step });
      const kind = shape[at.slide]?.aside === 'backup' ? 'backup' : undefined;
      for (const type of ['next', 'previous', 'next-slide', 'previous-slide'] as const) {
        const to = move(shape, nowhere, at, { type });
        if (to.slide !== at.slide) assert.equal(shape[to.slide]?.aside, kind);
      }
    }),
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
