import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../../server/demo/run.ts';

test('a program that takes too long is ended, though what it has started lives on', async () => {
  const began = performance.now();
  const { code } = await run('sh', ['-c', 'sleep 5 & wait'], { timeout: 200 });
  assert.equal(code, 124);
  assert.ok(performance.now() - began < 4000);
});

test('a program that is not there is told from one that fails', async () => {
  assert.equal((await run('no-such-program', [])).code, 127);
  assert.equal((await run('sh', ['-c', 'exit 3'])).code, 3);
});
