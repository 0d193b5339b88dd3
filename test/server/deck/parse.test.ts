import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Block } from '../../../server/deck/deck.ts';
import { parse } from '../../../server/deck/parse.ts';
import { section } from '../../../server/deck/section.ts';
import { fixtures } from '../../helpers/fixtures.ts';
import { printout } from '../../helpers/printout.ts';

for (const topic of [
  'structure',
  'title',
  'lists',
  'steps',
  'attributes',
  'columns',
  'html',
  'footnotes',
  'gfm',
  'notes',
  'scenes',
  'code',
  'type',
]) {
  describe(topic, () => {
    for (const { title, input, expected } of fixtures(`markdown/${topic}.txt`)) {
      test(title, () => assert.equal(printout(parse(input, 'talk.md')), expected));
    }
  });
}

/** Pieces of the dialect, whole and broken, so that chance puts them where nobody would. */
const pieces = fc.oneof(
  fc.constantFrom(
    '# T\n',
    '\n',
    '\n\n',
    '## note\n',
    '### x\n',
    '* ',
    '  * ',
    '1. ',
    '> ',
    '    ',
    '\t',
    '---\n',
    '{::wait/}',
    '{::wait',
    '{::note}',
    '{:/note}',
    '{::tag name="x"}',
    '{::comment}',
    '{:/}',
    '{::',
    '{: .center}',
    '{:\n',
    '}',
    '{:x: .right}',
    '{: k="v" style="a:b"}',
    '\n{: relative_height="60"}\n',
    '```mermaid\n',
    '```\n',
    '~~~\n',
    '`',
    '``',
    '| a | b |\n|--:|---|\n',
    '| ',
    ': ',
    ':   v\n',
    'term\n',
    '<script>',
    '<b>',
    '</b>',
    '<div>',
    '<div>\n',
    '</div>\n',
    '<td onclick="x">',
    '<a href="javascript:x">',
    '<br>',
    '<table>\n<tr><td>a</td></tr>\n</table>\n',
    '{::columns}\n',
    '{::column/}\n',
    '{:/columns}\n',
    '{::tag name="small"}\n',
    '[^1]',
    '[^1]: note\n',
    '^[in]',
    '*[T]: Title\n',
    '- [x] ',
    '^\n',
    '\\\\n',
    '<!--',
    '-->',
    '<b style="x">',
    '&lt;',
    '&#0;',
    '\\',
    '\\\\\n',
    '[a](javascript:x)',
    '![a](b "c")',
    '[a]: b\n',
    '[a][a]',
    '*',
    '**',
    '~~',
    '"',
    "'",
    '--',
    '...',
    '<<',
    '\r\n',
    '\0',
    '\uFEFF',
  ),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
);
const talks = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''));

/** The tags of HTML without the values of their attributes: what markup there is. */
function markup(html: string): string {
  return [...html.matchAll(/<(?:[^>"]|"[^"]*")*>/g)]
    .map(([tag]) => tag.replace(/"[^"]*"/g, '""'))
    .join('');
}

const html = (text: string) =>
  parse(text, 'talk.md')
    .slides.map((slide) => section(slide, { figure: () => '' }))
    .join('');

test('any text gives a deck, without a tag of the dialect, a script, a handler or a style in it', () => {
  fc.assert(
    fc.property(talks, (text) => {
      const page = html(text);
      assert.doesNotMatch(page, /\{:/);
      assert.doesNotMatch(markup(page), /<script| style=| on\w+=|javascript:/i);
    }),
    { numRuns: 1500 },
  );
});

test('any text gives elements that close where they should', () => {
  fc.assert(
    fc.property(talks, (text) => {
      const open: string[] = [];
      for (const [, end, name = ''] of html(text).matchAll(
        /<(\/?)([a-z]\w*)(?:[^>"]|"[^"]*")*>/g,
      )) {
        if (['br', 'hr', 'img', 'source', 'wbr'].includes(name)) continue;
        if (end === '') open.push(name);
        else assert.equal(open.pop(), name);
      }
      assert.deepEqual(open, []);
    }),
    { numRuns: 500 },
  );
});

test('steps are numbered from 0 without a gap, each with one element', () => {
  fc.assert(
    fc.property(talks, (text) => {
      for (const slide of parse(text, 'talk.md').slides) {
        const page = section(slide, { figure: () => '' });
        const numbers = [...page.matchAll(/ data-fragment-index="(\d+)"/g)].map(([, n]) =>
          Number(n),
        );
        assert.deepEqual(
          numbers.sort((a, b) => a - b),
          slide.steps.map((_, step) => step),
        );
      }
    }),
    { numRuns: 500 },
  );
});

test('every problem has a place in the file and every slide an id of its own', () => {
  fc.assert(
    fc.property(talks, (text) => {
      const { problems, slides } = parse(text, 'talk.md');
      const lines = text.split(/\r\n?|\n/);
      for (const { line, column } of problems) {
        assert.ok(line >= 1 && line <= lines.length, `line ${line}`);
        assert.ok(column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 1, `column ${column}`);
      }
      assert.equal(new Set(slides.map(({ id }) => id)).size, slides.length);
    }),
    { numRuns: 500 },
  );
});

test('line ends do not matter', () => {
  fc.assert(
    fc.property(talks, (text) => {
      const unix = text.replace(/\r\n?/g, '\n');
      const without = ({ slides }: ReturnType<typeof parse>) => slides;
      assert.deepEqual(
        without(parse(unix.replaceAll('\n', '\r\n'), 'talk.md')),
        without(parse(unix, 'talk.md')),
      );
    }),
    { numRuns: 300 },
  );
});

test('a long list of what waits is read in no time', () => {
  const { slides } = parse(`# T\n\n# S\n\n${'* {::wait/}item\n'.repeat(2000)}`, 'talk.md');
  assert.equal(slides[1]?.steps.length, 2000);
});

test('a diagram keeps tabs, blank lines and typewriter signs', () => {
  const source = 'graph TD\n\n\tA["x"] --> B\n  %% "--"\n\n';
  const blocks: Block[] =
    parse(`# T\n\n# S\n\n~~~mermaid\n${source}~~~\n`, 'talk.md').slides[1]?.blocks ?? [];
  assert.deepEqual(blocks, [{ kind: 'diagram', source, line: 5, attributes: {} }]);
});
