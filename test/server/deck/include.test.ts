import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { compile } from '../../../server/deck/compile.ts';
import { DiagramError } from '../../../server/deck/diagram/error.ts';
import { join } from '../../../server/deck/include.ts';
import { loadDeck } from '../../../server/deck/load.ts';
import { parse } from '../../../server/deck/parse.ts';
import { folderWith } from '../../helpers/folder.ts';

/** Joins files that exist only here; the first one is the deck. */
function joined(files: Record<string, string>) {
  const [[name, text] = ['deck.md', '']] = Object.entries(files);
  return join({ path: name, name, text }, async (wanted) => {
    const found = files[wanted];
    return found === undefined
      ? { path: wanted, fault: { severity: 'error', message: `no ${wanted}`, cure: 'c' } }
      : { path: wanted, name: wanted, text: found };
  });
}

describe('what a deck includes', () => {
  test('stands in the place of the line that asks for it, apart from what is around it', async () => {
    const { text, files } = await joined({
      'deck.md': '# T\n{::include file="a.md"/}\ntext',
      'a.md': '\uFEFF# A\r\n\r\na',
    });
    assert.equal(text, '# T\n\n# A\n\na\n\ntext');
    assert.deepEqual(files, ['deck.md', 'a.md']);
  });

  test('may include more', async () => {
    const { text } = await joined({
      'deck.md': '{::include file="a.md"/}',
      'a.md': "a\n{::include file='b.md' /}",
      'b.md': 'b',
    });
    assert.equal(text, '\na\n\nb\n\n');
  });

  test('is not asked for in fences, code and comments', async () => {
    const tag = '{::include file="a.md"/}';
    const text = `\`\`\`\n${tag}\n\`\`\`\n\n    ${tag}\n\n<!--\n${tag}\n-->\n{::comment}\n${tag}\n{:/comment}\n* \`${tag}\``;
    assert.equal((await joined({ 'deck.md': text })).text, text);
  });

  test('is told of where it can do nothing', () => {
    const [problem] = parse('# T\n\n# S\n\n* a {::include file="a.md"/}', 'talk.md').problems;
    assert.equal(problem?.message, '{::include} does nothing here.');
    assert.deepEqual([problem?.line, problem?.column], [5, 5]);
  });

  test('may not include itself, by whatever way', async () => {
    const { remarks } = await joined({
      'deck.md': '{::include file="deck.md"/}\n{::include file="a.md"/}',
      'a.md': 'a\n {::include file="b.md"/}',
      'b.md': '{::include file="a.md"/}',
    });
    assert.deepEqual(
      remarks.map(({ line, column, message }) => ({ line, column, message })),
      [
        { line: 1, column: 1, message: 'deck.md includes itself.' },
        {
          line: 5,
          column: 1,
          message: 'These files include each other in a circle: a.md → b.md → a.md.',
        },
      ],
    );
  });

  test('may be included twice, but not without end', async () => {
    const double = (name: string) => `{::include file="${name}"/}\n`.repeat(2);
    const names = Array.from({ length: 30 }, (_, n) => `${n}.md`);
    const files = Object.fromEntries(names.map((name, n) => [name, double(`${n + 1}.md`)]));
    const { remarks, text } = await joined({ 'deck.md': double('0.md'), ...files });
    assert.ok(remarks.some(({ message }) => message === 'This deck includes more than 500 files.'));
    assert.ok(text.length < 10_000);
  });
});

test('each problem of a deck in several files has its own file, line and column', async () => {
  const folder = folderWith({
    'talk.md': '# T\n\n{::include file="parts/one.md"/}\n\n# Last\n\n{::include file="gone.md"/}\n',
    'parts/one.md': '# One\r\n\r\n* {::wiat/}x\r\n\r\n{::include file="two.markdown"/}\r\n',
    'parts/two.markdown': '# Two\n\n```mermaid\nbroken\n```\n\nx {: y\n',
  });
  const deck = await loadDeck(path.join(folder, 'talk.md'));
  const { problems, sections } = await compile(
    deck.text,
    deck.name,
    () => Promise.reject(new DiagramError('No.')),
    undefined,
    undefined,
    deck,
  );
  assert.deepEqual(
    problems.map(({ file, line, column, slide }) => [
      path.relative(folder, file),
      line,
      column,
      slide,
    ]),
    [
      ['parts/one.md', 3, 3, 'one'],
      ['parts/two.markdown', 4, 1, 'two'],
      ['parts/two.markdown', 7, 3, 'two'],
      ['talk.md', 7, 1, 'last'],
    ],
  );
  assert.match(sections[2] ?? '', /two\.markdown, line 7: This attribute list/);
  assert.match(sections[3] ?? '', /<p>Line 7: gone\.md can&#39;t be included/);
  assert.deepEqual(
    deck.files.map((file) => path.relative(folder, file)),
    ['talk.md', 'parts/one.md', 'parts/two.markdown', 'gone.md'],
  );
});

test('nothing but Markdown in the deck’s folder is included', async () => {
  const outside = folderWith({ 'secret.md': 'secret', 'talk/notes.txt': 'secret' });
  const folder = path.join(outside, 'talk');
  symlinkSync('../secret.md', path.join(folder, 'link.md'));
  const wanted = ['../secret.md', path.join(outside, 'secret.md'), 'link.md', 'notes.txt'];
  writeFileSync(
    path.join(folder, 'talk.md'),
    `# T\n\n${wanted.map((file) => `{::include file="${file}"/}`).join('\n')}`,
  );
  const { text, remarks } = await loadDeck(path.join(folder, 'talk.md'));
  assert.doesNotMatch(text, /secret/);
  assert.deepEqual(
    remarks.map(({ message }) => message.replace(/^.* (?=lies|is)/, '')),
    [...Array(3).fill("lies outside of the deck's folder."), 'is no Markdown file.'],
  );
});
