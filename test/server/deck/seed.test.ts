import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Block } from '../../../server/deck/deck.ts';
import { parse } from '../../../server/deck/parse.ts';

const text = readFileSync(new URL('../../../slides/flux-basics.md', import.meta.url), 'utf8');
const deck = parse(text, 'flux-basics.md');
const slide = (index: number) => {
  const found = deck.slides[index];
  assert.ok(found);
  return found;
};
const html = (index: number) =>
  slide(index)
    .blocks.map((block) => ('html' in block ? block.html : ''))
    .join('\n');
const items = (index: number) =>
  [...html(index).matchAll(/<li( class="fragment")?/g)].map(([, waits]) => waits !== undefined);

test('the author’s deck is the author’s, byte for byte', () => {
  assert.equal(
    createHash('sha256').update(text).digest('hex'),
    '3a5b347565e7ee07fdc62dfb17315025c0033f734e64c8c9aa293a96283a97a1',
  );
});

test('it has eleven slides with eleven steps, on the slides where Rabbit has them', () => {
  assert.deepEqual(
    deck.slides.map(({ steps }) => steps.length),
    [0, 0, 2, 1, 3, 0, 0, 1, 0, 2, 2],
  );
});

test('each slide has an id of its own', () => {
  assert.deepEqual(
    deck.slides.map(({ id }) => id),
    [
      'cncf-on-demand-webinar',
      'flux-in-2-minutes',
      'gitops',
      'gitops-2',
      '4-principles-of-gitops',
      'diagram',
      'how-flux-does-gitops',
      'what-is-flux-gitops-ga',
      'flux-is-in-active-development',
      'if-youre-new-to-flux',
      'join-us',
    ],
  );
});

test('the title slide shows its metadata in document order, and not the theme or the time', () => {
  assert.equal(slide(0).kind, 'title');
  assert.equal(
    html(0),
    '<p class="subtitle">Basics of Flux and GitOps</p>\n<p class="author">Kingdon Barrett</p>\n<p class="institution">Weaveworks</p>\n<p class="date">2023-09-14</p>',
  );
  assert.equal(deck.metadata.theme, 'rabbit-theme-wwinternalstyle');
  assert.equal(deck.metadata['allotted-time'], '2m');
});

test('what waits is the item, wherever it stands; what does not wait shows from the start', () => {
  assert.deepEqual(items(2), [false, true, true]);
  assert.deepEqual(items(3), [false, true]);
  assert.deepEqual(items(4), [false, true, true, true]);
  assert.deepEqual(items(8), [false, false]);
  assert.deepEqual(items(9), [false, false, true, true]);
  assert.deepEqual(items(10), [true, true, false, false]);
  assert.match(html(2), /<p>\(User Experience should be simple\)<\/p>/);
  assert.match(html(7), /<p class="fragment" data-fragment-index="0">Represents/);
});

test('each step says what it reveals', () => {
  assert.deepEqual(slide(3).steps, [
    '…in case anything changes, GitOps reconciling (Flux) will put it back\nThis is called Drift Correction',
  ]);
  assert.deepEqual(slide(9).steps, [
    'docs.gitops.weave.works - Web UI',
    'github/weaveworks/vscode-gitops-tools - Responsive VSCode Editor-UI',
  ]);
});

test('a new line in an item is a new line of the same item', () => {
  assert.match(html(3), /will put it back<br>\nThis is called Drift Correction<\/li>/);
});

test('diagrams keep their source byte for byte, and what their attribute list says', () => {
  const diagrams = deck.slides.flatMap(({ blocks }) =>
    blocks.filter(
      (block): block is Extract<Block, { kind: 'diagram' }> => block.kind === 'diagram',
    ),
  );
  const sources = [...text.matchAll(/```mermaid\n(.*?)```/gs)].map(([, source]) => source);
  assert.deepEqual(
    diagrams.map(({ source }) => source),
    sources,
  );
  assert.deepEqual(
    diagrams.map(({ line, attributes }) => [line, attributes]),
    [
      [50, { relative_height: '60' }],
      [70, { relative_height: '90' }],
      [100, { relative_height: '90' }],
    ],
  );
  assert.deepEqual(
    slide(7).blocks.map(({ kind }) => kind),
    ['diagram', 'paragraph'],
  );
});

test('quotes and dots are set as type, single hyphens and code stay', () => {
  assert.equal(slide(9).title, 'If you’re New to Flux');
  assert.match(html(2), /…notify us/);
  assert.match(html(10), /TZ-IAmA/);
  assert.match(html(9), /<code>github\/weaveworks\/<\/code><a href/);
});

test('links lead outside the deck', () => {
  assert.match(
    html(9),
    /<a href="https:\/\/fluxcd.io\/" target="_blank" rel="noopener noreferrer">fluxcd.io<\/a>/,
  );
});

test('no tag of the dialect shows', () => {
  assert.doesNotMatch(JSON.stringify(deck.slides), /\{:/);
});

test('there is nothing to say against it', () => {
  assert.deepEqual(deck.problems, []);
});

test('line ends, a mark at the start, trailing spaces and a missing last line end change nothing', () => {
  const { slides } = deck;
  assert.deepEqual(parse(text.replaceAll('\n', '\r\n'), '').slides, slides);
  assert.deepEqual(parse(`\uFEFF${text}`, '').slides, slides);
  assert.deepEqual(parse(text.trimEnd(), '').slides, slides);
  assert.deepEqual(
    parse(text.replaceAll('\n\n', ' \t\n \n'), '').slides.map(({ steps }) => steps),
    slides.map(({ steps }) => steps),
  );
  assert.deepEqual(parse(text.replaceAll(':   ', ':\t'), '').slides, slides);
});
