import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fluxdeck, ROOT } from '../../helpers/command.ts';
import { folderWith } from '../../helpers/folder.ts';

const COMMANDS = ['up', 'down', 'status', 'reset'];

test('--help of each demo command ends with an example and offers --json', async () => {
  const helps = await Promise.all(COMMANDS.map((name) => fluxdeck(['demo', name, '--help'])));
  for (const [index, { code, out }] of helps.entries()) {
    assert.equal(code, 0);
    assert.match(out, new RegExp(`^Usage: fluxdeck demo ${COMMANDS[index]} `));
    assert.match(out, /Example:\n {2}fluxdeck demo /);
    assert.match(out, /^ {2}--json /m);
  }
});

test('--print shows what would be made, makes nothing and tells no secret', async () => {
  const state = folderWith();
  const { code, out } = await fluxdeck(['demo', 'up', '--print'], { state });
  assert.equal(code, 0);
  assert.match(out, /kind: Cluster\n/);
  for (const kind of ['GitRepository', 'Kustomization', 'Receiver', 'Secret']) {
    assert.match(out, new RegExp(`"kind": "${kind}"`));
  }
  assert.match(out, /"token": "\(random\)"/);
  assert.deepEqual(readdirSync(state), []);
});

test('without a demo, status and reset say so, and down has nothing to do', async () => {
  const state = folderWith();
  const [status, reset, down] = await Promise.all(
    ['status', 'reset', 'down'].map((name) => fluxdeck(['demo', name], { state })),
  );
  assert.equal(status?.code, 1);
  assert.match(status?.out ?? '', /There is no demo. `fluxdeck demo up` makes one/);
  assert.equal(reset?.code, 1);
  assert.match(reset?.err ?? '', /There is no demo/);
  assert.equal(down?.code, 0);
  assert.match(down?.out ?? '', /There was no demo/);
});

test('down says what of the talks stays, where there is any', async () => {
  const talk = `${'0a'.repeat(8)}.json`;
  const state = folderWith({
    'fluxdeck/runs/2026-11-22T18-47-01-123Z.jsonl': 'a run',
    [`fluxdeck/${talk}`]: JSON.stringify({ token: 'x'.repeat(32) }),
  });
  const [told, asked, nothing] = await Promise.all([
    fluxdeck(['demo', 'down'], { state }),
    fluxdeck(['demo', 'down', '--json'], { state }),
    fluxdeck(['demo', 'down'], { state: folderWith() }),
  ]);
  const home = path.join(state, 'fluxdeck');
  const stays = [`recorded runs (${home}/runs)`, `addresses and tokens (${home}/*.json)`];
  assert.equal(told.out, `There was no demo.\nOf your talks there stays: ${stays.join(', ')}\n`);
  assert.deepEqual(JSON.parse(asked.out), { removed: [], stays });
  assert.equal(nothing.out, 'There was no demo.\n');
  assert.deepEqual(readdirSync(home).sort(), [talk, 'runs']);
});

test('a name that kind would not take is refused at once', async () => {
  const { code, err } = await fluxdeck(['demo', 'up', '--name', 'My Demo']);
  assert.equal(code, 2);
  assert.match(err, /lower-case letters/);
});

test('on a machine without Docker demo up says what is needed, and leaves nothing', async () => {
  const state = folderWith();
  const ended = await new Promise<{ code: unknown; err: string }>((resolve) => {
    const env = { PATH: folderWith(), HOME: state, XDG_STATE_HOME: state };
    const args = [path.join(ROOT, 'server/cli.ts'), 'demo', 'up'];
    execFile(process.execPath, args, { env }, (error, _, err) => {
      resolve({ code: error?.code, err });
    });
  });
  assert.equal(ended.code, 1);
  assert.match(ended.err, /The demo needs docker.*https:\/\/docs\.docker\.com/);
  for (const name of ['kind', 'flux', 'git']) assert.match(ended.err, new RegExp(`needs ${name},`));
  assert.deepEqual(readdirSync(state), []);
});
