import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conditionsOf } from '../../../server/cluster/condition.ts';
import { clusterObject } from '../../../server/cluster/object.ts';

const STARTED = Date.parse('2026-11-22T15:35:50.432Z');

function conditions(sent: unknown, told?: string) {
  const object = clusterObject('Kustomization', {
    metadata: { name: 'podinfo' },
    status: { conditions: sent },
  });
  assert.ok(object);
  return conditionsOf(object, STARTED, told);
}

test('conditions are told in one order, with the feed’s time', () => {
  assert.deepEqual(
    conditions([
      { type: 'Healthy', status: 'True', reason: 'Succeeded', message: 'passed in 5 s' },
      {
        type: 'Ready',
        status: 'False',
        reason: 'BuildFailed',
        message: 'no file',
        lastTransitionTime: '2026-11-22T15:36:05Z',
      },
    ]),
    [
      { type: 'Ready', status: 'False', reason: 'BuildFailed', message: 'no file', since: 14.568 },
      { type: 'Healthy', status: 'True', reason: 'Succeeded', message: 'passed in 5 s' },
    ],
  );
});

test('a sentence that stands under several is told once, and not at all when the resource has it', () => {
  const both = ['Ready', 'Healthy'].map((type) => ({ type, status: 'True', message: 'done' }));
  assert.deepEqual(conditions(both), [
    { type: 'Ready', status: 'True', message: 'done' },
    { type: 'Healthy', status: 'True' },
  ]);
  assert.deepEqual(conditions(both, 'done'), [
    { type: 'Ready', status: 'True' },
    { type: 'Healthy', status: 'True' },
  ]);
});

test('nothing secret is in a condition', () => {
  const [ready] =
    conditions([
      { type: 'Ready', status: 'False', message: 'cannot read https://me:pw@git.example/r.git' },
    ]) ?? [];
  assert.equal(ready?.message, 'cannot read https://git.example/r.git');
});

test('what is no condition of Flux’s or Kubernetes’ is left out, and so is what is none at all', () => {
  assert.equal(conditions([{ type: 'Secret', status: 'True' }, 7, null]), undefined);
  assert.equal(conditions(undefined), undefined);
  assert.deepEqual(conditions([{ type: 'Ready', lastTransitionTime: 'never' }]), [
    { type: 'Ready', status: 'Unknown' },
  ]);
});
