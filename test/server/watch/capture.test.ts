import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { parseCapture } from '../../../server/cluster/capture.ts';
import { fluxdeck, launch } from '../../helpers/command.ts';
import { folderWith } from '../../helpers/folder.ts';
import { startApiServer } from './apiServer.ts';

const folder = folderWith({ 'there.jsonl': 'precious' });
const api = await startApiServer();
after(api.close);
const spec = { url: 'https://me:hush@git.example/shop.git' };
const begin = (out: string, ...more: string[]) =>
  launch(['capture', '--kubeconfig', api.kubeconfig, '-o', out, ...more], { cwd: folder });

test('a cluster is captured until Ctrl+C, and the capture can be imported', async () => {
  api.put('gitrepositories', 'shop', { spec });
  const capturing = begin('a.jsonl');
  await capturing.says(/^Live$/m);
  api.put('gitrepositories', 'shop', {
    spec,
    status: { artifact: { revision: 'main@sha1:0123456789012345678901234567890123456789' } },
  });
  const file = path.join(folder, 'a.jsonl');
  while (!readFileSync(file, 'utf8').includes('MODIFIED')) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  capturing.process.kill('SIGINT');
  const { code, out } = await capturing.ended;
  assert.equal(code, 0);
  assert.match(out, /^\d+ lines in \d+ s → a\.jsonl\nMake a recording of it: fluxdeck import a/);

  const written = readFileSync(file, 'utf8');
  assert.ok(!written.includes('hush'));
  assert.equal(statSync(file).mode & 0o077, 0);
  const { header, problems, observations } = parseCapture(written);
  assert.deepEqual([header?.run, header?.version, problems], ['a', 1, []]);
  assert.equal(JSON.parse(written.split('\n')[0] ?? '').kubernetes, 'v1.36.2');
  assert.equal(Number(/^\d+/.exec(out)?.[0]), observations.length + 1);

  const imported = await fluxdeck(['import', 'a.jsonl', '-o', 'b.jsonl'], { cwd: folder });
  assert.deepEqual([imported.code, imported.err], [0, '']);
  const recording = readFileSync(path.join(folder, 'b.jsonl'), 'utf8');
  assert.match(recording, /"why":"fetch"/);
});

test('--for ends it, --json says what was written', async () => {
  const { code, out } = await begin('c.jsonl', '--for', '1s', '--json').ended;
  assert.equal(code, 0);
  const made = JSON.parse(out);
  assert.equal(made.out, path.join(folder, 'c.jsonl'));
  assert.equal(made.lines, readFileSync(made.out, 'utf8').trim().split('\n').length);
});

test('another file is never written over', async () => {
  const { code, err } = await begin('there.jsonl').ended;
  assert.equal(code, 1);
  assert.match(err, /there\.jsonl is there already\. Name another file/);
  assert.equal(readFileSync(path.join(folder, 'there.jsonl'), 'utf8'), 'precious');
});

const refused: [sentence: string, args: string[], code: number, words: RegExp][] = [
  ['a duration that is none', ['--for', 'soon'], 2, /--for takes a duration such as 90s/],
  ['a context that is not there', ['--context', 'x'], 1, /There is no context “x”/],
  ['a folder that is not there', ['-o', 'no/x.jsonl'], 1, /can't be written: there is no such/],
];

for (const [sentence, args, code, words] of refused) {
  test(`${sentence} is told with a cure`, async () => {
    const ended = await begin('d.jsonl', ...args).ended;
    assert.equal(ended.code, code);
    assert.match(ended.err, words);
    assert.ok(!existsSync(path.join(folder, 'd.jsonl')));
  });
}

test('a cluster that does not answer is told before a file is begun', async () => {
  const config = path.join(folder, 'nobody');
  const written = readFileSync(api.kubeconfig, 'utf8');
  writeFileSync(config, written.replace(String(api.port), '1').replace(/, certificate[^}]*/, ''));
  writeFileSync(path.join(folder, 'token'), 'x');
  const args = ['capture', '--kubeconfig', config, '-o', 'e.jsonl'];
  const { code, err } = await fluxdeck(args, { cwd: folder });
  assert.equal(code, 1);
  assert.match(err, /The cluster does not answer\. See whether kubectl/);
  assert.ok(!existsSync(path.join(folder, 'e.jsonl')));
});
