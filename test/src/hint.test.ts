import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hint, type Outlook } from '../../src/hint.ts';

const LIVE: Outlook = {
  feed: 'live',
  next: 'push',
  performs: true,
  hasCluster: true,
  isLost: false,
  isAlone: false,
};
const RECORDED: Outlook = { ...LIVE, feed: 'recorded' };

test('live, the key runs the next scene, where scenes may run', () => {
  assert.equal(hint(LIVE), 'Shift+L: push');
  assert.equal(hint({ ...LIVE, next: undefined }), '');
  assert.equal(hint({ ...LIVE, performs: false }), '');
});

test('when the cluster is lost there is one thing to do', () => {
  assert.equal(hint({ ...LIVE, isLost: true }), 'Shift+R: go on from a recorded run');
});

test('a recorded run offers its scenes, and the cluster as soon as it is back', () => {
  assert.equal(hint({ ...RECORDED, isLost: true }), 'Shift+L: push');
  assert.equal(hint(RECORDED), 'Shift+L: push · Shift+R: live again');
  assert.equal(hint({ ...RECORDED, next: undefined }), 'Shift+R: live again');
  assert.equal(hint({ ...RECORDED, hasCluster: false }), 'Shift+L: push');
});

test('a page that has lost its server says that it plays for itself', () => {
  assert.equal(hint({ ...RECORDED, isAlone: true }), 'Shift+L: push, on this page only');
});
