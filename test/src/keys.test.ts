import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KEYS, keyName, wishOf } from '../../src/deck/keys.ts';

const press = (key: string, held: { shift?: boolean; ctrl?: boolean } = {}) =>
  keyName({
    key,
    shiftKey: held.shift ?? false,
    ctrlKey: held.ctrl ?? false,
    altKey: false,
    metaKey: false,
  });

test('no key stands in two rows of the table', () => {
  const all = KEYS.flatMap(({ keys }) => keys);
  assert.deepEqual(
    all.filter((key, index) => all.indexOf(key) !== index),
    [],
  );
});

test('no key is a digit: digits name a slide', () => {
  assert.deepEqual(
    KEYS.flatMap(({ keys }) => keys).filter((key) => /\d$/.test(key) && key.length === 1),
    [],
  );
});

test('every key is named as a press of it is', () => {
  for (const key of KEYS.flatMap(({ keys }) => keys)) {
    const shift = key.startsWith('Shift+');
    const plain = shift ? key.slice('Shift+'.length) : key;
    assert.equal(press(plain === 'Space' ? ' ' : plain, { shift }), key);
  }
});

test('Shift+L plays a scene, l goes on, and so does L typed with caps lock', () => {
  assert.deepEqual(wishOf(press('L', { shift: true }) ?? ''), { type: 'scene' });
  assert.deepEqual(wishOf(press('l') ?? ''), { type: 'next' });
  assert.deepEqual(wishOf(press('L') ?? ''), { type: 'next' });
});

test('a question mark asks for help whatever the keyboard needs for it', () => {
  assert.deepEqual(wishOf(press('?', { shift: true }) ?? ''), { type: 'help' });
  assert.deepEqual(wishOf(press('?') ?? ''), { type: 'help' });
});

test('the browser keeps its own shortcuts', () => {
  assert.equal(press('l', { ctrl: true }), undefined);
});
