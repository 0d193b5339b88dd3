import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SCENES, sceneCues, writeCues } from '../../src/shared/scene.ts';

test('cues are read from a page as they were written to it', () => {
  const cues = SCENES.map((name, step) => (step % 2 === 0 ? { name } : { name, step }));
  assert.deepEqual(sceneCues(writeCues(cues)), cues);
  assert.deepEqual(sceneCues('push@2 drift'), [{ name: 'push', step: 2 }, { name: 'drift' }]);
});

test('a page without cues asks for nothing, and a step that is no number is none', () => {
  assert.deepEqual(sceneCues(''), []);
  assert.deepEqual(sceneCues('  push@soon '), [{ name: 'push' }]);
});
