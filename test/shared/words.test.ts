import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ago, kind, name, shortHash, shortRevision, span, stamp } from '../../src/shared/words.ts';

const HASH = 'f28b489c0ffee0ddba11f28b489c0ffee0ddba11';

test('a revision is shown with seven characters of its digest', () => {
  const table: [string, string, string][] = [
    [`main@sha1:${HASH}`, 'main@f28b489', 'f28b489'],
    [`refs/heads/main@sha1:${HASH}`, 'main@f28b489', 'f28b489'],
    [`refs/tags/v1.0@sha1:${HASH}`, 'v1.0@f28b489', 'f28b489'],
    [`sha1:${HASH}`, 'f28b489', 'f28b489'],
    [`latest@sha256:${HASH}${HASH.slice(0, 24)}`, 'latest@f28b489', 'f28b489'],
    [HASH, 'f28b489', 'f28b489'],
    ['main@sha1:f28b489', 'main@f28b489', 'f28b489'],
    ['6.14.1', '6.14.1', '6.14.1'],
    ['feature/a@b@sha1:f28b489aaa', 'feature/a@b@f28b489', 'f28b489'],
    ['', '', ''],
  ];
  for (const [revision, short, hash] of table) {
    assert.equal(shortRevision(revision), short);
    assert.equal(shortHash(revision), hash);
  }
});

test('a duration is told as people say it', () => {
  const table: [number, string][] = [
    [-1, '0 s'],
    [0.04, '0 s'],
    [0.44, '0.4 s'],
    [5.9, '5.9 s'],
    [9.96, '10 s'],
    [12.3, '12 s'],
    [90, '90 s'],
    [119.6, '2 min'],
    [300, '5 min'],
    [7199, '2 h'],
    [172_800, '2 days'],
  ];
  for (const [seconds, words] of table) assert.equal(span(seconds), words);
});

test('an age counts only what has passed', () => {
  const table: [number, string][] = [
    [-3, 'just now'],
    [0.99, 'just now'],
    [1, '1 s ago'],
    [2.99, '2 s ago'],
    [119.9, '119 s ago'],
    [179, '2 min ago'],
    [7200, '2 h ago'],
    [200_000, '2 days ago'],
  ];
  for (const [seconds, words] of table) assert.equal(ago(seconds), words);
});

test('a key says its kind and its name', () => {
  assert.equal(name('Deployment/podinfo/backend'), 'backend');
  assert.equal(kind('Deployment/podinfo/backend'), 'Deployment');
  assert.equal(kind('Namespace'), 'Namespace');
});

test('a moment is told as time since the beginning', () => {
  assert.deepEqual([15.23, 59.96, 0, -2.1, 3724, 7199.99].map(stamp), [
    '0:15.2',
    '1:00.0',
    '0:00.0',
    '−0:02.1',
    '1:02:04.0',
    '2:00:00.0',
  ]);
});
