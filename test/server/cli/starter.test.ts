import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { launch, ROOT } from '../../helpers/command.ts';
import { folderWith } from '../../helpers/folder.ts';
import { systemNode } from '../../helpers/systemNode.ts';

const STARTER = path.join(ROOT, 'server/fluxdeck.js');

const older = systemNode();
const nodes: [sentence: string, node: string | undefined][] = [
  ['an older Node.js', older],
  ['the packaged one', process.execPath],
];

for (const [sentence, node] of nodes) {
  const skip = node === undefined && 'this machine has none';
  const surroundings = {
    program: STARTER,
    cwd: folderWith({ 'talk.md': '# Talk\n' }),
    state: folderWith(),
    ...(node !== undefined && { node }),
  };

  test(`with ${sentence}, the starter runs the program and passes on its exit code`, {
    skip,
  }, async () => {
    const [fine, wrong] = await Promise.all([
      launch(['check', 'talk.md', '--no-browser'], surroundings).ended,
      launch(['chekc'], surroundings).ended,
    ]);
    assert.deepEqual(fine, {
      code: 0,
      out: 'talk.md: 1 slide, no diagrams, no problems (what fits is estimated, without a browser)\n',
      err: '',
    });
    assert.equal(wrong.code, 2);
  });

  test(`with ${sentence}, Ctrl+C ends it as a whole`, { skip }, async () => {
    const started = launch(['start', 'talk.md', '--port', '0'], surroundings);
    const [, audience = ''] = await started.says(/look on {3}(\S+)/);
    started.process.kill('SIGINT');
    assert.equal((await started.ended).code, 0);
    await assert.rejects(fetch(audience));
  });
}
