import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compile } from '../../server/deck/compile.ts';
import { DiagramError } from '../../server/deck/diagram/error.ts';
import { anyDocument, PLANTED } from '../helpers/documents.ts';
import { harmOf } from '../helpers/harm.ts';

/** Diagrams have a test of their own; drawn here they would take an hour. */
const refuse = () => Promise.reject(new DiagramError('Not drawn here.'));

test('any of 10,000 documents gives a deck, and nothing of it runs or styles', async () => {
  await fc.assert(
    fc.asyncProperty(anyDocument, async (text) => {
      const { deck, sections, style, problems } = await compile(text, 'any.md', refuse);
      assert.ok(deck.slides.length > 0);
      assert.equal(sections.length, deck.slides.length);
      assert.deepEqual(harmOf(sections, style), []);
      const lines = text.split(/\r\n?|\n/).length;
      for (const { line, column, message, cure } of problems) {
        assert.ok(line >= 1 && line <= lines && column >= 1, `${line}:${column} of ${lines} lines`);
        assert.ok(message !== '' && cure !== '');
      }
    }),
    { numRuns: 10_000 },
  );
});

test('what would run or style is found', () => {
  const harmful = [
    '<section><script>x</script></section>',
    '<section><p onclick="x()">x</p></section>',
    '<section><p style="color:red">x</p></section>',
    '<section><a href=" java\nscript:x()">x</a></section>',
    '<section></section><p>x</p>',
    '<section><p id="a"></p><p id="a"></p></section>',
    '<section><svg><foreignObject></foreignObject></svg></section>',
  ];
  for (const html of harmful) assert.equal(harmOf([html], '').length, 1, html);
  for (const style of ['@import "x"', `.a { color: ${PLANTED} }`, 'body { color: red }']) {
    assert.equal(harmOf([], style).length, 1, style);
  }
  assert.deepEqual(
    harmOf(['<section><a href="#/1">x</a></section>'], '.reveal .a { top: 1% }'),
    [],
  );
});
