import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile } from '../../../server/deck/compile.ts';
import { DiagramError } from '../../../server/deck/diagram/error.ts';
import { LENGTHS, type Lengths } from '../../../server/deck/lengths.ts';
import { overflows } from '../../../server/deck/overflow.ts';
import { THEMES } from '../../../src/shared/theme.ts';
import { propertiesOf } from '../../helpers/theme.ts';

const compiled = (text: string) =>
  compile(text, 'talk.md', () => Promise.reject(new DiagramError('None.')));
const bodyOf = async (body: string) => (await compiled(`# T\n\n# S\n\n${body}`)).sections;

const PROPERTIES: Partial<Record<keyof Lengths, string>> = {
  bodySize: 'body-size',
  leading: 'leading',
  headlineSize: 'headline-size',
  headlineLeading: 'headline-leading',
  headlineGap: 'headline-gap',
  marginTop: 'margin-top',
  marginSide: 'margin-side',
  marginBottom: 'margin-bottom',
  blockGap: 'block-gap',
  itemGap: 'item-gap',
  listIndent: 'list-indent',
  orderedIndent: 'ordered-indent',
  textEnd: 'text-end',
};

test('the lengths that are estimated with are those of the themes', () => {
  for (const theme of THEMES) {
    const properties = propertiesOf(theme);
    for (const [length, property] of Object.entries(PROPERTIES)) {
      assert.equal(
        Object.entries(LENGTHS[theme]).find(([name]) => name === length)?.[1],
        Number.parseFloat(properties.get(property) ?? ''),
        `${property} of ${theme}`,
      );
    }
  }
});

test('text that fits is no problem; what exceeds its slide is told in pixels and lines', async () => {
  const item = '* An item that is short\n';
  const sections = await bodyOf(item.repeat(6));
  assert.deepEqual(overflows(sections, 'default'), []);
  const [more] = overflows(await bodyOf(item.repeat(10)), 'default');
  assert.ok(more);
  assert.deepEqual([more.slide, more.lines], [1, 5]);
  assert.ok(more.pixels > 250 && more.pixels < 270, String(more.pixels));
  const [larger] = overflows(await bodyOf(item.repeat(10)), 'rabbit-theme-wwinternalstyle');
  assert.ok(larger && larger.pixels > more.pixels + 80);
});

test('long and wide code becomes smaller, and no smaller than can be read', async () => {
  const sizeOf = async (code: string) =>
    Number(/<pre class="size-(\d+)"/.exec((await bodyOf(code))[1] ?? '')?.[1] ?? 26);
  const lines = (count: number, text = 'x') => `\`\`\`\n${`${text}\n`.repeat(count)}\`\`\`\n`;
  assert.equal(await sizeOf(lines(8)), 26);
  assert.equal(await sizeOf(lines(16)), 22);
  assert.equal(await sizeOf(lines(2, 'x'.repeat(80))), 20);
  assert.equal(await sizeOf(lines(60)), 14);
  assert.equal(await sizeOf(`${lines(8)}\n* one\n* two\n* three\n`), 22);
});

test('code that does not fit even so is told on its line', async () => {
  const { problems } = await compiled(`# T\n\n# S\n\ntext\n\n\`\`\`\n${'x\n'.repeat(60)}\`\`\`\n`);
  assert.deepEqual(
    problems.map(({ line, severity, message }) => [line, severity, message]),
    [
      [
        7,
        'warning',
        'This code does not fit its slide, even in the smallest letters that can be read.',
      ],
    ],
  );
});

test('prose is never made smaller, and code beside too much of it is not blamed', async () => {
  const { sections, problems } = await compiled(
    `# T\n\n# S\n\n${'A paragraph.\n\n'.repeat(12)}\`\`\`\nx\n\`\`\`\n`,
  );
  assert.doesNotMatch(sections[1] ?? '', /size-/);
  assert.deepEqual(problems, []);
});

test('a wide table becomes smaller', async () => {
  const words = Array.from({ length: 9 }, (_, at) => `reconciliation${at}`);
  const [, section = ''] = await bodyOf(`| ${words.join(' | ')} |\n|${'---|'.repeat(9)}\n`);
  const size = Number(/<table class="size-(\d+)"/.exec(section)?.[1]);
  assert.ok(size >= 14 && size < 34, String(size));
});

test('a headline alone is as large as possible where its slide asks for it', async () => {
  const property = '\n\n## properties\n\nas-large-as-possible\n:   true\n\n';
  const { sections } = await compiled(
    `# T\n\n# Go${property}# Reconciliation of everything${property}`,
  );
  const sizes = sections.map((html) => Number(/<h2 class="size-(\d+)"/.exec(html)?.[1]));
  assert.equal(sizes[1], 260);
  assert.ok((sizes[2] ?? 0) > 92 && (sizes[2] ?? 0) < 200, String(sizes[2]));
});

test('lists and quotes of any depth, and tables of any length, are estimated', async () => {
  const deep = Array.from(
    { length: 60 },
    (_, depth) => `${'  '.repeat(depth)}* ${'word'.repeat(40)}`,
  );
  const quotes = `${'> '.repeat(60)}${'word '.repeat(40)}`;
  const rows = '| a | b |\n'.repeat(5000);
  for (const body of [deep.join('\n'), quotes, rows]) {
    assert.equal(overflows(await bodyOf(`${body}\n`), 'default').length, 1);
  }
});
