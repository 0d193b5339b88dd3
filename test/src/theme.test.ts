import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const css = readFileSync(new URL('../../src/style/theme.css', import.meta.url), 'utf8');
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }] as const,
  ),
);

/** WCAG 2.2: relative luminance, and the contrast of two colours. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT = [
  'ink',
  'muted',
  'ready',
  'progressing',
  'waiting',
  'failed',
  'drifted',
  'suspended',
  'unknown',
  'terminating',
  'stale',
];

for (const scheme of ['light', 'dark'] as const) {
  for (const ground of ['paper', 'panel', 'panel-inner']) {
    test(`everything that is read has AA contrast on ${ground} in the ${scheme} scheme`, () => {
      for (const name of TEXT) {
        const [text, behind] = [colours.get(name), colours.get(ground)];
        assert.ok(text && behind, `${name} and ${ground} are in the theme`);
        const ratio = contrast(text[scheme], behind[scheme]);
        assert.ok(ratio >= 4.5, `${name} on ${ground}: ${ratio.toFixed(2)} to 1`);
      }
    });
  }

  test(`emphasis has AA contrast in the ${scheme} scheme`, () => {
    const [ink, highlight] = [colours.get('ink'), colours.get('highlight')];
    assert.ok(ink && highlight);
    assert.ok(contrast(ink[scheme], highlight[scheme]) >= 4.5);
  });
}
