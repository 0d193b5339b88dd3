import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { fluxdeck } from '../../helpers/command.ts';
import { folderWith } from '../../helpers/folder.ts';

const folder = folderWith({
  'good.md': '# Talk\n\n# Slide\n\n* one\n* {::wait/}two\n\n## note\n\nSay it.\n',
  'broken.md': '# Talk\n\n# Slide\n\n```mermaid\ngraph TD\n  A[Git --> B\n```\n',
  'bound.md': `# Talk

# Slide

\`\`\`mermaid
graph TD
  A[Git] --> B[Thing]
  %% live B = Kustomization
  %% live C = user
\`\`\`
`,
  'pictures.md': '# Talk\n\n# One\n\n![here](here.png)\n\n![gone](gone.png)\n',
  'here.png': 'a picture',
  'empty.md': ' \n\n',
  'binary.md': Buffer.from([0x23, 0x20, 0xff, 0x00, 0x80]),
  'inside/deck.md': '# Inside\n',
});
const run = (...args: string[]) => fluxdeck([...args, ...quick(args)], { cwd: folder });
/** What a browser measures has tests of its own. */
const quick = ([command]: string[]) => (command === 'check' ? ['--no-browser'] : []);
const ESTIMATED = '(what fits is estimated, without a browser)';

test('a deck without problems passes', async () => {
  const { code, out, err } = await run('check', 'good.md');
  assert.deepEqual(
    [code, out, err],
    [0, `good.md: 2 slides, no diagrams, no problems ${ESTIMATED}\n`, ''],
  );
});

test('a picture that is not there is told where it is named', async () => {
  const { code, out } = await run('check', 'pictures.md');
  assert.equal(code, 0);
  assert.match(out, /^pictures\.md:7:9: warning: gone\.png is not there/);
  assert.doesNotMatch(out, /here\.png/);
});

test('an error has file, line and column, a cure, and exit code 1', async () => {
  const { code, out } = await run('check', 'broken.md');
  assert.equal(code, 1);
  assert.match(
    out,
    /^broken\.md:7:\d+: error: \S.*\n {4}\S.*\nbroken\.md: 2 slides, no diagrams, 1 problem \(.*\)\n$/,
  );
});

test('a live binding that binds nothing is a warning; --json prints that and nothing else', async () => {
  const { code, out, err } = await run('check', 'bound.md', '--json');
  assert.deepEqual([code, err], [0, '']);
  const { problems } = JSON.parse(out);
  assert.equal(problems.length, 1);
  const { message, cure, ...place } = problems[0];
  assert.deepEqual(place, {
    file: 'bound.md',
    line: 9,
    column: 1,
    severity: 'warning',
    slide: 'slide',
  });
  assert.match(message, /“C”/);
  assert.match(cure, /%% live G = /);
});

test('an outline tells a node’s role as it is bound', async () => {
  const { code, out, err } = await run('outline', 'bound.md', '--json');
  assert.deepEqual([code, err], [0, '']);
  const [{ nodes }] = JSON.parse(out).slides[1].diagrams;
  assert.deepEqual(
    nodes.map(({ id, role }: Record<string, unknown>) => [id, role]),
    [
      ['A', 'git'],
      ['B', 'applier'],
    ],
  );
});

test('an outline for people has a line a slide and a step', async () => {
  const { out } = await run('outline', 'good.md');
  assert.equal(
    out,
    '  0  Talk  (#/talk)\n  1  Slide  (#/slide)\n       step 1: two\n       notes: Say it.\n',
  );
});

const noDeck: [sentence: string, name: string, answer: RegExp][] = [
  ['a deck that is missing', 'god.md', /^fluxdeck: god\.md does not exist\. .*good\.md/],
  ['a folder', 'inside', /^fluxdeck: inside is a folder\. .*inside\/deck\.md/],
  ['a folder behind a file', 'good.md/x.md', /^fluxdeck: good\.md\/x\.md can't be read: a file/],
  ['an empty file', 'empty.md', /^fluxdeck: empty\.md is empty\. /],
  ['a binary file', 'binary.md', /^fluxdeck: binary\.md is not UTF-8 text\. /],
];

test('what can’t be a deck is told in one line, with exit code 1 and no result', async (t) => {
  const answers = await Promise.all(noDeck.map(([, name]) => run('check', name, '--json')));
  for (const [index, [sentence, , answer]] of noDeck.entries()) {
    await t.test(sentence, () => {
      const { code, out, err } = answers[index] ?? assert.fail();
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, answer);
      assert.equal(err.trim().split('\n').length, 1);
    });
  }
});

test('without a name it is the deck of package.json, the only one in slides/, or none', async () => {
  const named = folderWith({
    'package.json': '{"fluxdeck":{"deck":"talk.md"}}',
    'talk.md': '# Named\n',
  });
  const only = folderWith({ 'slides/only.md': '# Only\n', 'slides/logo.svg': '<svg/>' });
  const two = folderWith({ 'slides/a.md': '# A\n', 'slides/b.md': '# B\n' });
  const answers = await Promise.all(
    [named, only, two].map((cwd) => fluxdeck(['check', '--no-browser'], { cwd })),
  );
  assert.deepEqual(
    answers.map(({ code }) => code),
    [0, 0, 2],
  );
  assert.match(answers[0]?.out ?? '', /^talk\.md: /);
  assert.match(answers[1]?.out ?? '', new RegExp(`^${path.join('slides', 'only.md')}: `));
  assert.match(answers[2]?.err ?? '', /Name one of a\.md, b\.md\./);
});
