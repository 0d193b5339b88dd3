import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openFont } from '../../../server/deck/diagram/font.ts';
import { fit } from '../../../src/diagram/fit.ts';

const AGED = ['“Say hello” 2 s ago', '“Say hello”'];

test('the fullest form that fits is chosen, the shortest where none does', () => {
  assert.equal(fit(AGED, 9), '“Say hello” 2 s ago');
  assert.equal(fit(AGED, 8), '“Say hello”');
  assert.equal(fit(['a revision without end', 'another without end'], 5), 'another without end');
  assert.equal(fit([], 9), '');
});

test('sixteen characters fit in any node', () => {
  assert.equal(fit(['applying f28b489', 'applying'], 0), 'applying f28b489');
});

test('what is reckoned to fit does fit in the font of the deck', () => {
  const font = openFont();
  const texts = [
    '“Say hello to the audience” 12 s ago',
    'drifted, Flux looks in 12 s',
    'waiting for backend',
    'suspended at 0e5367b',
    'health check failed',
    'rollout takes too long',
    'last seen progressing',
    'pushed 12 min ago',
  ];
  for (const text of texts) {
    const measured = font.width(text, 1, 400);
    assert.equal(fit([text, ''], measured * 0.99), '', text);
    assert.equal(fit([text, ''], measured * 1.15), text);
  }
});

test('a subject is cut before its hash is dropped, as long as it says something', () => {
  const forms = ['“Say hello to the webinar” · a3deec7', '“Say hello to the webinar”'];
  assert.equal(fit(forms, 20), '“Say hello to the webinar” · a3deec7');
  assert.equal(fit(forms, 11), '“Say hello t…” · a3deec7');
  assert.equal(fit(forms, 10.6), '“Say hello…” · a3deec7');
  assert.equal(fit(forms, 10), '“Say hell…” · a3deec7');
  assert.equal(fit(forms, 9), '“Say hello to the…”');
  assert.equal(fit(forms, 0), '“Say hello to…”');
});

test('what fits whole goes before what must be cut', () => {
  const forms = ['applying “Fix it” · a3deec7', 'applying “Fix it”'];
  assert.equal(fit(forms, 9), 'applying “Fix it”');
  assert.equal(
    fit(['applying “Say hello” · a3deec7', 'applying “Say hello”', 'applying a3deec7'], 0),
    'applying a3deec7',
  );
});

test('quotes in a subject do no harm, and a subject too short to cut is left as it is', () => {
  assert.equal(
    fit(['“Say “hello” to all” · a3deec7', '“Say “hello” to all”'], 7),
    '“Say “hello” t…”',
  );
  assert.equal(fit(['“Hi” and a lot of other words'], 0), '“Hi” and a lot of other words');
});
