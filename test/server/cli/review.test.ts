import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { findBrowser } from '../../../server/browser.ts';
import { fluxdeck } from '../../helpers/command.ts';
import { folderWith } from '../../helpers/folder.ts';

const LONG = Array.from({ length: 14 }, (_, line) => `* line ${line}`).join('\n');
const SPEECH = 'word '.repeat(700);

/** A PNG that says it is so wide; only its head is there. */
function png(width: number): Buffer {
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(width, 4);
  return Buffer.concat([head, size, Buffer.from('0806000000', 'hex'), Buffer.alloc(4)]);
}

const folder = folderWith({
  'links.md':
    '# Talk\n\n# One\n\n[a](#/two) [b](#/tow) [c](#two) [d](#/9)\n\n# Two\n\n[e](gone.pdf) [f](paper.pdf) [g](here.svg)\n',
  'paper.pdf': 'paper',
  'here.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
  'pictures.md':
    '# Talk\n\n# One\n\n![](here.svg)\n\n# Two\n\n![fine](fine.png)\n\n# Three\n\n![heavy](heavy.png)\n',
  'fine.png': png(6000),
  'heavy.png': Buffer.concat([png(1000), Buffer.alloc(5_100_000)]),
  'long.md': `# Talk\n\n# Short\n\n* one\n\n# Long\n\n${LONG}\n`,
  'slow.md': `# Talk\n\nallotted-time\n:   2m\n\n# One\n\n* one\n\n## note\n\n${SPEECH}\n`,
  'faint/talk.md':
    '# Talk\n\n# One\n\n* one\n\n## properties\n\nheadline-color\n:   yellow\n\nbackground-color\n:   white\n',
  'faint/theme.css': ':root {\n  --ink: light-dark(#bbb, #eee);\n}\n',
});

interface Told {
  file: string;
  line: number;
  column: number;
  severity: string;
  message: string;
  cure: string;
}

async function check(
  deck: string,
  ...args: string[]
): Promise<{ code: number | null; problems: Told[]; overflow: string; err: string }> {
  const { code, out, err } = await fluxdeck(['check', deck, '--json', ...args], { cwd: folder });
  return { code, err, ...JSON.parse(out) };
}

const places = (problems: Told[]) => problems.map(({ line, column }) => `${line}:${column}`);

test('a link that leads to no slide or file is told where it stands, with its cure', async () => {
  const { code, problems } = await check('links.md', '--no-browser');
  assert.equal(code, 0);
  assert.deepEqual(places(problems), ['5:16', '5:27', '5:37', '9:5', '9:19']);
  const [lost, bare, , missing, kept] = problems;
  assert.match(lost?.cure ?? '', /as #\/two;/);
  assert.equal(bare?.cure, 'Write #/two.');
  assert.match(missing?.message ?? '', /gone\.pdf, which is not there/);
  assert.match(kept?.message ?? '', /paper\.pdf, which nobody but you can open/);
});

test('pictures without words, too fine or too heavy are told', async () => {
  const { problems } = await check('pictures.md', '--no-browser');
  assert.deepEqual(
    problems.map(({ line, message }) => [line, message]),
    [
      [5, "here.svg has no words for those who can't see it."],
      [9, 'fine.png is 6000 pixels wide and shows at 1280.'],
      [13, 'heavy.png has 5.1 MB.'],
    ],
  );
});

test('a talk that takes longer than it has says what is assumed', async () => {
  const { problems } = await check('slow.md', '--no-browser');
  assert.match(
    problems[0]?.message ?? '',
    /takes about 5 min, and has 2 min\. .*130 words a minute/,
  );
  assert.match(problems[1]?.message ?? '', /^This slide takes about 5 min/);
});

test('colours of the author’s that can’t be read are told by their ratio', async () => {
  const { problems } = await check('faint/talk.md', '--no-browser');
  assert.deepEqual(
    problems.map(({ file, line, message }) => [file, line, message]),
    [
      ['faint/talk.md', 10, 'The headline has a contrast of 1.1 to 1 to its ground.'],
      ['faint/theme.css', 2, '--ink on --paper has a contrast of 1.8 to 1 on a light screen.'],
      ['faint/theme.css', 2, '--ink on --panel has a contrast of 1.7 to 1 on a light screen.'],
    ],
  );
});

test('what runs over is estimated or measured, and it is said which', async (t) => {
  const estimated = await check('long.md', '--no-browser');
  assert.equal(estimated.overflow, 'estimated');
  assert.deepEqual(places(estimated.problems), ['7:1']);
  assert.match(estimated.problems[0]?.message ?? '', /over by \d+ lines, by an estimate/);

  await t.test('in a browser', { skip: !findBrowser() && 'there is none' }, async () => {
    const { overflow, problems } = await check('long.md');
    assert.equal(overflow, 'measured');
    assert.deepEqual(places(problems), ['7:1']);
    assert.match(problems[0]?.message ?? '', /over by \d+ lines\.$/);
  });
});

test('with --strict a warning fails', async () => {
  assert.equal((await check('links.md', '--no-browser', '--strict')).code, 1);
});

test('links to the web are tried, and what was good is kept for a day', async (t) => {
  const asked: string[] = [];
  const web = createServer(({ url = '', method = '' }, response) => {
    asked.push(`${method} ${url}`);
    response.statusCode = url === '/there' || (url === '/shy' && method === 'GET') ? 200 : 404;
    response.end();
  });
  t.after(() => web.close());
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const { port }: AddressInfo = Object(web.address());
  const at = `http://127.0.0.1:${port}`;
  const own = folderWith({
    'talk.md': `# Talk\n\n# One\n\n[a](${at}/there) [b](${at}/shy) [c](${at}/gone)\n`,
  });
  const args = ['check', 'talk.md', '--json', '--no-browser', '--online'];
  for (const round of [1, 2]) {
    const { out, err } = await fluxdeck(args, { cwd: own });
    assert.equal(err, '');
    const { problems }: { problems: Told[] } = JSON.parse(out);
    assert.equal(problems.length, 1, `round ${round}`);
    assert.match(
      problems[0]?.message ?? '',
      /\/gone answered 404 \(asked \d{4}-\d\d-\d\d \d\d:\d\d UTC\)/,
    );
  }
  assert.equal(asked.filter((each) => each.endsWith('/there')).length, 1);
  assert.deepEqual(
    asked.filter((each) => each.endsWith('/shy')),
    ['HEAD /shy', 'GET /shy'],
  );

  web.close();
  web.closeAllConnections();
  const lost = folderWith({ 'talk.md': `# Talk\n\n# One\n\n[a](${at}/other)\n` });
  const { code, err } = await fluxdeck(args, { cwd: lost });
  assert.equal(code, 0);
  assert.match(err, /Nothing of the web answers/);
});
