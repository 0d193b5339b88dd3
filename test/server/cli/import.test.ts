import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fluxdeck, ROOT } from '../../helpers/command.ts';
import { folderWith } from '../../helpers/folder.ts';

const webinar = path.join(ROOT, 'test/fixtures/runs/webinar.jsonl');
const shipped = path.join(ROOT, 'assets/recordings/webinar.jsonl');
const [header = ''] = readFileSync(webinar, 'utf8').split('\n');
const marker = '{"t":1,"marker":"push"}';
const folder = folderWith({
  'damaged.jsonl': `${header}\n${marker}\n{"t":2,"mark\n`,
  'headless.jsonl': `${marker}\n`,
  'idle.jsonl': `${header}\n`,
  'empty.jsonl': '',
});
const run = (...args: string[]) => fluxdeck(['import', ...args], { cwd: folder });

test('the recording that ships is what the capture of its run gives', async () => {
  const { code, out } = await run(webinar, '--title', 'Basics of Flux and GitOps', '-o', 'a.jsonl');
  assert.equal(code, 0);
  assert.match(out, /^\d+ observations → \d+ events in \d+ s → a\.jsonl\n$/);
  assert.equal(readFileSync(path.join(folder, 'a.jsonl'), 'utf8'), readFileSync(shipped, 'utf8'));
});

test('--json says what was made and nothing else', async () => {
  const { code, out, err } = await run(webinar, '-o', 'b.jsonl', '--json');
  assert.deepEqual([code, err], [0, '']);
  const made = JSON.parse(out);
  assert.equal(made.out, path.join(folder, 'b.jsonl'));
  const lines = readFileSync(made.out, 'utf8').trim().split('\n');
  assert.equal(made.events, lines.length - 1);
  assert.equal(JSON.parse(lines[0] ?? '').title, 'webinar');
});

test('a line that can’t be read is named, and the rest is imported', async () => {
  const { code, err } = await run('damaged.jsonl', '-o', 'c.jsonl');
  assert.equal(code, 0);
  assert.match(err, /^damaged\.jsonl:3: warning: this line is no JSON object/);
  assert.match(readFileSync(path.join(folder, 'c.jsonl'), 'utf8'), /"marker","name":"push"/);
});

const refused: [sentence: string, args: string[], code: number, answer: RegExp][] = [
  ['a missing capture', ['nope.jsonl', '-o', 'x'], 1, /nope\.jsonl can't be read: there is no/],
  ['a folder', ['.', '-o', 'x'], 1, /\. can't be read: it is a folder/],
  ['one without a header', ['headless.jsonl', '-o', 'x'], 1, /is no capture: line 1 is no header/],
  ['a recording', [shipped, '-o', 'x'], 1, /is a recording, not a capture\. Play it: fluxdeck st/],
  ['an empty one', ['empty.jsonl', '-o', 'x'], 1, /is no capture: line 1/],
  ['one in which nothing happens', ['idle.jsonl', '-o', 'x'], 1, /is no capture/],
  ['an output that is the capture', ['damaged.jsonl', '-o', './damaged.jsonl'], 2, /itself/],
  ['an output in no folder', [webinar, '-o', 'no/x'], 1, /no\/x can't be written: there is no/],
];

test('what can’t be imported is told in one line, without a stack trace', async (t) => {
  const answers = await Promise.all(refused.map(([, args]) => run(...args)));
  for (const [index, [sentence, , code, answer]] of refused.entries()) {
    await t.test(sentence, () => {
      const { code: ended, out, err } = answers[index] ?? assert.fail();
      assert.deepEqual([ended, out], [code, '']);
      assert.match(err, answer);
      assert.equal(err.trim().split('\n').length, 1);
    });
  }
});
