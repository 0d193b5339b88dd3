import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fluxdeck } from '../../helpers/command.ts';
import { folderWith } from '../../helpers/folder.ts';

const deck = `# Talk

# Pictures

![logo](logo.png)

![plan](pictures/a%20plan.svg)

![linked](linked.png)

![hidden](.hidden.png)

![outside](../outside.png)

![text](talk.md)

![folder](folder.png)

# Diagram

\`\`\`mermaid
graph TD
  A[Git] --> B[Flux]
\`\`\`

## note

The speaker's secret.
`;
const folder = folderWith({
  'outside.png': 'outside',
  'talk/talk.md': deck,
  'talk/logo.png': 'logo',
  'talk/unused.png': 'unused',
  'talk/.hidden.png': 'hidden',
  'talk/folder.png/inside.png': 'inside',
  'talk/pictures/a plan.svg': '<svg/>',
  'foreign/index.html': '<div class="reveal"></div>',
  'foreign/app/theirs.js': '',
});
symlinkSync(path.join(folder, 'outside.png'), path.join(folder, 'talk/linked.png'));

const state = folderWith();
const run = (...args: string[]) => fluxdeck(['build', ...args], { cwd: folder, state });
/** Every file of a site, with its bytes as text. */
function read(site: string): Map<string, string> {
  const files = readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  return new Map(files.map((file) => [path.relative(site, file), readFileSync(file, 'latin1')]));
}

const built = await run('talk/talk.md', '-o', 'deep/site', '--json');
const site = path.join(folder, 'deep/site');
const files = built.code === 0 ? read(site) : new Map<string, string>();
const html = files.get('index.html') ?? '';

test('it says as JSON what it wrote, and nothing else', () => {
  assert.equal(built.code, 0, built.err);
  const { out, files: number, bytes } = JSON.parse(built.out);
  assert.equal(out, site);
  assert.equal(number, files.size);
  assert.equal(
    bytes,
    [...files.values()].reduce((sum, text) => sum + text.length, 0),
  );
});

test('the pictures that the slides name come along, and nothing else beside the deck', () => {
  const beside = [...files.keys()].filter((name) => !/^(app|recordings)\//.test(name));
  assert.deepEqual(beside, ['index.html', 'logo.png', 'pictures/a plan.svg']);
});

test('no notes, no source and no token of the speaker’s are in it', () => {
  assert.match(html, /Pictures/);
  for (const [name, text] of files) {
    assert.doesNotMatch(name, /\.(md|ts|map)$/);
    assert.doesNotMatch(text, /secret\.|sourceMappingURL/, name);
  }
  assert.doesNotMatch(html, /present=|data-socket/);
});

test('every address is relative, so that any path serves it', () => {
  const addresses = [...html.matchAll(/ (?:src|href|poster)="([^"]*)"/g)].map(([, a = '']) => a);
  assert.ok(addresses.length > 4);
  assert.deepEqual(
    addresses.filter((address) => /^(\/|\w+:\/\/)/.test(address)),
    [],
  );
  for (const address of addresses.filter((a) => a.startsWith('./'))) {
    assert.ok(files.has(address.slice(2)), address);
  }
  const [, recording = ''] = / data-recording="\.\/([^"]+)"/.exec(html) ?? [];
  assert.ok(files.has(recording), recording);
  for (const [name, text] of files) {
    if (name.endsWith('.css')) assert.doesNotMatch(text, /url\(["']?(\/|http)/, name);
  }
});

test('the policy stands before whatever it is about', () => {
  const policy = html.indexOf('<meta http-equiv="Content-Security-Policy"');
  assert.ok(policy > 0);
  for (const later of ['<link', '<script', '<title']) assert.ok(html.indexOf(later) > policy);
  assert.doesNotMatch(html, / style="| on\w+="|<style|<script(?![^>]* src=)/);
});

test('built again it takes the place of itself, the same to the byte; what it no longer names goes', async () => {
  writeFileSync(path.join(site, 'CNAME'), 'theirs');
  assert.equal((await run('talk/talk.md', '-o', 'deep/site')).code, 0);
  assert.deepEqual(read(site), new Map([['CNAME', 'theirs'], ...files]));

  writeFileSync(path.join(folder, 'talk/other.md'), '# Other\n\n# Slide\n\n![logo](logo.png)\n');
  assert.equal((await run('talk/other.md', '-o', 'deep/site')).code, 0);
  assert.ok(existsSync(path.join(site, 'logo.png')));
  assert.ok(!existsSync(path.join(site, 'pictures/a plan.svg')));
  rmSync(path.join(folder, 'talk/other.md'));
});

const refused: [sentence: string, out: string, answer: RegExp][] = [
  ['the deck’s own folder', 'talk', /holds other files/],
  ['a folder of somebody else’s', 'foreign', /holds other files/],
  ['a file', 'outside.png', /outside\.png can't be written: a file stands where a folder should/],
  ['a folder in a file', 'outside.png/site', /can't be written: a file stands/],
];
if (process.platform === 'linux') {
  refused.push(['where nothing can be made', '/proc/fluxdeck', /can't be written/]);
}

test('what it can’t or must not write to is left as it is, and told in one line', async (t) => {
  const answers = await Promise.all(
    refused.map(([, out]) => run('talk/talk.md', '-o', out, '--json')),
  );
  for (const [index, [sentence, , answer]] of refused.entries()) {
    await t.test(sentence, () => {
      const { code, out, err } = answers[index] ?? assert.fail();
      assert.deepEqual([code, out], [1, '']);
      assert.match(err.trim().split('\n').at(-1) ?? '', answer);
      assert.doesNotMatch(err, /^ {4}at /m);
    });
  }
  assert.ok(existsSync(path.join(folder, 'foreign/app/theirs.js')));
  assert.equal(readFileSync(path.join(folder, 'outside.png'), 'utf8'), 'outside');
});
