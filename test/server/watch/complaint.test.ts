import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginComplaints } from '../../../server/cluster/watch/complaint.ts';
import type { KindState, LinkState } from '../../../server/cluster/watch/health.ts';

const link: LinkState = { type: 'up', trial: { from: 0, until: 3 } };
const fine: KindState = { type: 'live' };

function refused(since: number, status: 401 | 403 = 403): KindState {
  return { type: 'refused', status, message: `since ${since}`, since };
}

function states(kinds: Record<string, KindState>): ReadonlyMap<string, KindState> {
  return new Map(Object.entries(kinds));
}

test('a refusal that goes away on trial is never complained of', () => {
  const { due, isWaiting } = beginComplaints();
  assert.deepEqual(due(link, states({ Bucket: refused(1), Event: refused(1) }), 2.9), []);
  assert.deepEqual(due(link, states({ Bucket: fine, Event: fine }), 3), []);
  assert.equal(isWaiting(), false);
});

test('those that stay are one line, told once', () => {
  const { due } = beginComplaints();
  const kinds = states({ Kustomization: refused(1), Bucket: refused(1.5), HelmRelease: fine });
  const line = 'The cluster does not let us watch Kustomizations and 1 other kind: since 1';
  assert.deepEqual(due(link, kinds, 3), [line]);
  assert.deepEqual(due(link, kinds, 4), []);
});

test('kinds that are refused one after the other in a second are one line', () => {
  const { due, isWaiting } = beginComplaints();
  assert.deepEqual(due(link, states({ Kustomization: refused(10), Bucket: fine }), 10), []);
  assert.equal(isWaiting(), true);
  const kinds = states({ Kustomization: refused(10), Bucket: refused(10.4), Event: refused(10.9) });
  const line = 'The cluster does not let us watch Kustomizations and 2 other kinds: since 10';
  assert.deepEqual(due(link, kinds, 11), [line]);
  assert.equal(isWaiting(), false);
});

test('what is refused again after it was seen is told again', () => {
  const { due } = beginComplaints();
  due(link, states({ Bucket: refused(1, 401) }), 3);
  due(link, states({ Bucket: fine }), 5);
  assert.deepEqual(due(link, states({ Bucket: refused(6, 401) }), 7), [
    'The cluster does not know who asks for Buckets: since 6',
  ]);
});
