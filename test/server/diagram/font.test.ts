import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { create } from 'fontkit';
import { fontFile, openFont } from '../../../server/deck/diagram/font.ts';

const font = openFont();

test('the default weight is as wide as fontkit lays it out', () => {
  const face = create(readFileSync(fontFile));
  assert.ok('layout' in face);
  for (const text of ['GitRepository', 'applying f28b489', 'AVATAR To', '“…”'])
    assert.ok(
      Math.abs(font.width(text, face.unitsPerEm, 400) - face.layout(text).advanceWidth) < 1e-6,
    );
});

/** Measured in Chromium 156 with canvas measureText at 1000 px. */
const browser = [
  [400, 'GitRepository', 5926.99],
  [600, 'GitRepository', 6261.05],
  [400, 'applying f28b489', 7845.99],
  [600, 'applying f28b489', 8170.55],
  [600, 'AVATAR To', 5013.24],
] as const;

test('every weight is within half a percent of what a browser sets', () => {
  for (const [weight, text, width] of browser)
    assert.ok(Math.abs(font.width(text, 1000, weight) / width - 1) < 0.005, `${weight} ${text}`);
});

test('a heavier label is wider', () => {
  assert.ok(font.width('Kustomization', 16, 600) > font.width('Kustomization', 16, 400));
});
