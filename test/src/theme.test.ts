import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { after, SCHEMES as CHOICES, kinOf, THEMES } from '../../src/shared/theme.ts';
import { colourOf, contrast, propertiesOf, SCHEMES, themeFolders } from '../helpers/theme.ts';

/** What is read, and what it may stand on. */
const STATES = [
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
const READ: readonly [texts: readonly string[], grounds: readonly string[]][] = [
  [
    ['ink', 'muted', 'number', 'link', ...STATES],
    ['paper', 'panel', 'panel-inner'],
  ],
  [['emphasis'], ['paper', 'highlight']],
  [['ink'], ['track']],
  [['node-ink', 'node-muted'], ['node-fill']],
  [['group-ink'], ['group-fill', 'group-inner-fill']],
  [
    ['keyword', 'string', 'number', 'name', 'type', 'comment', 'added', 'removed'].map(
      (part) => `code-${part}`,
    ),
    ['panel'],
  ],
  [['edge'], ['paper', 'group-fill', 'group-inner-fill']],
];
/** What is seen, not read: 3 to 1. */
const SEEN: typeof READ = [
  [
    [...STATES, 'node-stroke'],
    ['node-fill', 'group-fill', 'group-inner-fill', 'paper'],
  ],
];

for (const theme of themeFolders()) {
  const properties = propertiesOf(theme);
  const least = theme === 'high-contrast' ? 7 : 4.5;
  for (const scheme of SCHEMES) {
    test(`everything that is read in ${theme}, ${scheme}, has ${least} to 1`, () => {
      assertContrast(READ, least);
    });
    test(`every outline in ${theme}, ${scheme}, has 3 to 1`, () => {
      assertContrast(SEEN, 3);
    });

    function assertContrast(pairs: typeof READ, wanted: number): void {
      const paper = colourOf(properties, 'paper', scheme);
      assert.ok(paper);
      const low = pairs.flatMap(([texts, grounds]) =>
        texts.flatMap((text) =>
          grounds.flatMap((ground) => {
            const [on, behind] = [text, ground].map((name) => colourOf(properties, name, scheme));
            assert.ok(on && behind, `${text} and ${ground} are colours`);
            // What shines through shows the paper.
            const seen = paper.mix(behind.alpha(1), behind.alpha());
            const ratio = contrast(on, seen);
            return ratio < wanted ? [`${text} on ${ground}: ${ratio.toFixed(2)}`] : [];
          }),
        ),
      );
      assert.deepEqual(low, []);
    }
  }
}

test('a theme is a folder, a name that a deck can give, and a line in the style sheet', () => {
  assert.deepEqual(themeFolders(), [...THEMES].sort());
  const index = readFileSync(new URL('../../src/style/index.css', import.meta.url), 'utf8');
  for (const theme of THEMES) assert.match(index, new RegExp(`"./themes/${theme}/theme.css"`));
});

test('the author’s look has the colours and sizes that were measured in his slides', () => {
  const properties = propertiesOf('rabbit-theme-wwinternalstyle');
  const light = (name: string) => colourOf(properties, name, 'light')?.hex().toLowerCase();
  assert.equal(light('paper'), '#ffffff');
  assert.equal(light('ink'), '#000000');
  assert.equal(light('emphasis'), '#3d6ddd');
  assert.equal(light('bullet'), '#86aea0');
  assert.equal(light('link'), '#0000ff');
  assert.equal(light('node-fill'), '#ececff');
  assert.equal(light('node-stroke'), '#9370db');
  assert.equal(light('group-fill'), '#ffffde');
  assert.equal(light('group-stroke'), '#aaaa33');
  const sizes = ['title', 'headline', 'body', 'date', 'foot'].map((name) =>
    properties.get(`${name}-size`),
  );
  assert.deepEqual(sizes, ['108px', '69px', '54px', '45px', '15px']);
});

test('the key goes through all themes and schemes and comes back', () => {
  const [first] = THEMES;
  const seen = [after(THEMES, first)];
  while (seen.at(-1) !== first) seen.push(after(THEMES, seen.at(-1) ?? first));
  assert.deepEqual(new Set(seen), new Set(THEMES));
  assert.deepEqual(
    CHOICES.map((scheme) => after(CHOICES, scheme)),
    ['light', 'dark', 'system'],
  );
});

test('Rabbit’s own themes have kin here, and nothing else has', () => {
  for (const name of ['default-x', 'rabbit', 'clear-blue', 'lightning-talk', 'debian']) {
    assert.equal(kinOf(name) !== undefined, name !== 'default-x', name);
  }
  for (const name of ['constructor', 'toString', '__proto__']) assert.equal(kinOf(name), undefined);
});
