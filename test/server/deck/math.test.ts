import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../server/deck/parse.ts';

const deckOf = (body: string) => parse(`# T\n\n# S\n\n${body}`, 'talk.md');
const blocksOf = (body: string) =>
  deckOf(body).slides[1]?.blocks.map((block) => [block.kind, 'html' in block ? block.html : '']) ??
  [];

test('a formula alone, over one line or several, or in a fence, is a block of MathML', () => {
  for (const body of ['$$x^2$$\n', '$$\nx^2\n$$\n', '```math\nx^2\n```\n', '> $$x^2$$\n']) {
    const [block = []] = blocksOf(body);
    assert.match(String(block[1]), /<math alttext="x\^2" [^>]*display="block"><mrow><msup>/, body);
  }
  assert.deepEqual(
    blocksOf('$$x$$\n').map(([kind]) => kind),
    ['math'],
  );
});

test('a formula in a line stays in it', () => {
  const [[kind, html] = []] = blocksOf('so $$a < b$$ and $$c$$ hold\n');
  assert.equal(kind, 'paragraph');
  assert.match(
    String(html),
    /^<p>so <math alttext="a &lt; b" .*<\/math> and <math .*<\/math> hold<\/p>$/,
  );
});

test('two dollars in code, alone, empty or behind a backslash are no formula', () => {
  for (const body of [
    '`$$x$$`',
    'kill $$',
    'a $$$$ b',
    '\\$$x\\$$',
    '```sh\necho $$; echo $$\n```',
  ]) {
    assert.doesNotMatch(JSON.stringify(blocksOf(`${body}\n`)), /<math/, body);
  }
});

test('nothing of a formula becomes a style, a link or a script', () => {
  const hostile =
    '\\href{javascript:alert(1)}{x} \\htmlStyle{color:red}{x} \\color{red;}{x} \\url{http://x} \\includegraphics{x.png} \\text{</annotation><script>} \\hspace{1em} \\rule{1em}{1em} \\vec{x} \\underbrace{y}_z \\cancel{x} \\begin{array}{c|c}1&2\\end{array}';
  for (const source of [hostile, ...hostile.split(' ')]) {
    const html = JSON.stringify(blocksOf(`$$${source}$$\n`));
    assert.doesNotMatch(html, / style=|<script|href=|<img|javascript:[^{}]*"/i, source);
  }
});

test('a broken formula is told on its line, and shows its source', () => {
  const deck = deckOf('text\n\n$$\\frac{a$$\n\n```math\n\\nope\n```\n');
  assert.deepEqual(
    deck.problems.map(({ line, severity }) => [line, severity]),
    [
      [7, 'error'],
      [9, 'error'],
    ],
  );
  assert.match(JSON.stringify(deck.slides[1]?.blocks), /<pre><code>\\\\frac\{a<\/code><\/pre>/);
});
