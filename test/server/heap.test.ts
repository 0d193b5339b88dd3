import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';

const HEAP = path.resolve(import.meta.dirname, '../../server/heap.ts');

/** Holds 20 MB in small pieces, and tells how much V8 took of the system for it at most. */
const GROW = `
  const held = [];
  let most = 0;
  for (let n = 0; n < 200_000; n += 1) {
    held.push({ text: JSON.parse('"' + 'x'.repeat(30) + n + '"') });
    for (let waste = 0; waste < 4; waste += 1) JSON.parse('[1.5,2.5,3.5,"waste"]');
    if (n % 1000 === 0) most = Math.max(most, process.memoryUsage().heapTotal);
  }
  console.log(most, held.length);
`;

test('this Node.js knows how to keep its heap small, and does', () => {
  const small = grow(`import { keepHeapSmall } from ${JSON.stringify(HEAP)}; keepHeapSmall();`);
  assert.equal(small.complaints, '');
  assert.ok(small.most < grow('').most * 0.8, 'the heap has grown as it would have anyway');
});

function grow(first: string): { most: number; complaints: string } {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', first + GROW],
    { encoding: 'utf8' },
  );
  return { most: Number(stdout.split(' ')[0]), complaints: stderr };
}
