import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fluxdeck } from '../../helpers/command.ts';
import { folderWith } from '../../helpers/folder.ts';

test('a new talk has its name as title, no problems, and says what comes next', async () => {
  const cwd = folderWith();
  const { code, out } = await fluxdeck(['new', 'how-we-deploy'], { cwd });
  assert.equal(code, 0);
  assert.match(out, /^ {2}cd how-we-deploy\n {2}npm install\n/m);
  const talk = path.join(cwd, 'how-we-deploy');
  assert.match(readFileSync(path.join(talk, 'how-we-deploy.md'), 'utf8'), /^# How we deploy\n/);
  for (const file of ['theme.css', 'river.svg', '.gitignore', '.github/workflows/publish.yml']) {
    assert.ok(existsSync(path.join(talk, file)), file);
  }
  const checked = await fluxdeck(['check', '--strict', '--no-browser', '--json'], { cwd: talk });
  assert.deepEqual([checked.code, JSON.parse(checked.out).problems], [0, []]);
});

test('a folder that holds something is left alone; an empty repository is as good as none', async () => {
  const cwd = folderWith({ 'full/notes.txt': 'mine', 'fluxdeck/.git/HEAD': 'ref: x' });
  const refused = await fluxdeck(['new', 'full'], { cwd });
  assert.equal(refused.code, 1);
  assert.match(refused.err, /^fluxdeck: full holds files already, as notes\.txt\./);
  assert.ok(!existsSync(path.join(cwd, 'full/full.md')));

  assert.equal((await fluxdeck(['new', 'fluxdeck'], { cwd })).code, 0);
  const manifest = JSON.parse(readFileSync(path.join(cwd, 'fluxdeck/package.json'), 'utf8'));
  assert.notEqual(manifest.name, 'fluxdeck');
});
