import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Drawing } from '../../../server/deck/deck.ts';
import { createDraw } from '../../../server/deck/diagram/cache.ts';
import { DiagramError } from '../../../server/deck/diagram/error.ts';

const box = { width: 100, height: 50 };
const drawing: Drawing = {
  svg: '<svg/>',
  model: { nodes: [{ id: 'A', label: 'User' }], groups: [], edges: [] },
  label: 20,
};

/** Counts what is really drawn. */
function counter(): { draw: () => Promise<Drawing>; count: () => number } {
  let drawn = 0;
  return {
    draw() {
      drawn += 1;
      return Promise.resolve(drawing);
    },
    count: () => drawn,
  };
}

async function directory(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'diagrams-'));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

test('a diagram is drawn once, by whoever asks', async (t) => {
  const [path, { draw, count }] = [await directory(t), counter()];
  assert.deepEqual(await createDraw(path, draw)('a', box), drawing);
  assert.deepEqual(await createDraw(path, draw)('a', box), drawing);
  assert.equal(count(), 1);
  assert.equal((await readdir(path)).length, 1);
});

test('another source, another box: another drawing', async (t) => {
  const [path, { draw, count }] = [await directory(t), counter()];
  const cached = createDraw(path, draw);
  await cached('a', box);
  await cached('b', box);
  await cached('a', { ...box, height: 51 });
  assert.equal(count(), 3);
});

test('a damaged file is drawn anew and mended', async (t) => {
  const [path, { draw, count }] = [await directory(t), counter()];
  const cached = createDraw(path, draw);
  await cached('a', box);
  const [name = ''] = await readdir(path);
  const whole = await readFile(join(path, name), 'utf8');
  for (const damaged of ['', whole.slice(0, -9), whole.replace('User', 'Uzer'), 'null', '{}']) {
    await writeFile(join(path, name), damaged);
    assert.deepEqual(await cached('a', box), drawing);
    assert.equal(await readFile(join(path, name), 'utf8'), whole);
  }
  assert.equal(count(), 6);
});

test('without a place to write, everything is drawn', async (t) => {
  const [path, { draw, count }] = [await directory(t), counter()];
  await writeFile(join(path, 'file'), '');
  const cached = createDraw(join(path, 'file', 'below'), draw);
  assert.deepEqual(await cached('a', box), drawing);
  assert.deepEqual(await cached('a', box), drawing);
  assert.equal(count(), 2);
});

test('a mistake is told again without drawing again, whole or damaged', async (t) => {
  const path = await directory(t);
  let drawn = 0;
  const cached = createDraw(path, () => {
    drawn += 1;
    return Promise.reject(new DiagramError('No.', 3, 4));
  });
  const told = { name: 'DiagramError', message: 'No.', line: 3, column: 4 };
  await assert.rejects(cached('a', box), told);
  await assert.rejects(cached('a', box), told);
  assert.equal(drawn, 1);
  const [name = ''] = await readdir(path);
  await writeFile(join(path, name), '{"sum":"0","outcome":{"kind":"drawn"}}');
  await assert.rejects(cached('a', box), told);
  assert.equal(drawn, 2);
});

test('what only took too long, or broke, is tried again', async (t) => {
  const path = await directory(t);
  const passing = new DiagramError('Too long.', 1, 1, { isPassing: true });
  for (const error of [passing, new TypeError('broken')]) {
    await assert.rejects(createDraw(path, () => Promise.reject(error))('a', box), error);
    assert.deepEqual(await readdir(path), []);
  }
  assert.deepEqual(await createDraw(path, counter().draw)('a', box), drawing);
});
