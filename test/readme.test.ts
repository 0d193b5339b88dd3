import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fluxdeck, launch, ROOT } from './helpers/command.ts';
import { folderWith } from './helpers/folder.ts';

const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^(\`{3,})${language}\\n([\\s\\S]*?)\\n\\1$`, 'gm'))].map(
    (match) => match[2] ?? '',
  );
const commands = blocks('sh')
  .flatMap((block) => block.split('\n'))
  .map((line) => line.replace(/\s+#.*$/, '').trim())
  .filter(Boolean);

/** As a shell takes a line apart, as far as the README needs one. */
const words = (line: string) =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');

const CAPTURE = 'test/fixtures/runs/webinar.jsonl';
const DECK = 'slides/flux-basics.md';
const cwd = folderWith({
  'talk.md': blocks('markdown')[0] ?? '',
  [DECK]: readFileSync(path.join(ROOT, DECK)),
  [CAPTURE]: readFileSync(path.join(ROOT, CAPTURE)),
});

/** These need Docker or a cluster: the cluster suite runs them. */
const needsCluster = /^npx fluxdeck (demo|scene|doctor|capture)\b|--context/;

for (const command of commands.filter((line) => needsCluster.test(line))) {
  test(`the README’s “${command}” is one that there is`, async () => {
    const [name = '', ...rest] = words(command).slice(2);
    const part = name === 'demo' ? [name, rest[0] ?? ''] : [name];
    const { code, out } = await fluxdeck([...part, '--help'], { cwd });
    assert.equal(code, 0);
    for (const option of rest.filter((word) => word.startsWith('-'))) {
      assert.match(out, new RegExp(`(^|[ ,])${option}\\b`, 'm'));
    }
  });
}

const runnable = commands.filter(
  (line) => line.startsWith('npx fluxdeck ') && !needsCluster.test(line),
);
for (const command of runnable) {
  test(`the README’s “${command}” works`, async () => {
    const args = words(command).slice(2);
    if (args[0] !== 'start') {
      const { code, err } = await fluxdeck(args, { cwd });
      assert.equal(code, 0, err);
      return;
    }
    const started = launch([...args, '--no-open', '--port', '0'], { cwd });
    await started.says(/look on\s+http:\/\/127\.0\.0\.1:\d+\//);
    started.process.kill('SIGINT');
    assert.equal((await started.ended).code, 0);
  });
}

test('the README’s example is a talk without a problem', async () => {
  const { out } = await fluxdeck(['check', 'talk.md', '--json'], { cwd });
  assert.deepEqual(JSON.parse(out).problems, []);
});

test('every npm command of the README is one of the package', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
  );
  const named = [...commands, ...[...readme.matchAll(/`(npm [^`]+)`/g)].map((match) => match[1])];
  const called = named.flatMap((line = '') => {
    const [, script] = /^npm (?:run )?([\w:]+)$/.exec(line) ?? [];
    return line.startsWith('npm ') && script && !['ci', 'pack'].includes(script) ? [script] : [];
  });
  assert.ok(called.length >= 3);
  assert.deepEqual(
    called.filter((script) => scripts[script] === undefined),
    [],
  );
});

test('every file and folder that the README names is there', () => {
  const named = [...readme.matchAll(/[`(]((?:src|server|test|assets|slides)\/[\w./-]*)[`)]/g)];
  assert.ok(named.length > 10);
  const missing = named
    .map((match) => match[1] ?? '')
    .filter((file) => !existsSync(path.join(ROOT, file)));
  assert.deepEqual(missing, []);
});
