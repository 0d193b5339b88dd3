import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import {
  type GitHappening,
  type GitHost,
  type GitHostOptions,
  openGitHost,
  type Push,
} from '../../../server/demo/gitHost.ts';
import { parseRequest } from '../../../server/demo/gitRequest.ts';
import { folderWith } from '../../helpers/folder.ts';

const execute = promisify(execFile);
const TOKEN = 'a token to push with';

const env = {
  PATH: process.env.PATH,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@example.com',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@example.com',
};

/** The real git, as a person has it; `agent` plays another client. */
async function git(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await execute('git', ['-C', folder, ...args], { env });
  return stdout.trim();
}

interface Seen {
  happenings: { happening: GitHappening; repository: string }[];
  pushes: Push[];
}

async function open(options: Partial<GitHostOptions> = {}) {
  const folder = folderWith();
  const bare = path.join(folder, 'app.git');
  mkdirSync(bare);
  await git(bare, 'init', '--quiet', '--bare', '--initial-branch=main');
  const seen: Seen = { happenings: [], pushes: [] };
  const host: GitHost = await openGitHost({
    folder,
    addresses: ['127.0.0.1'],
    port: 0,
    pushToken: TOKEN,
    onHappened: (happening, repository) => seen.happenings.push({ happening, repository }),
    onPushed: (push) => seen.pushes.push(push),
    ...options,
  });
  after(() => host.close());
  const url = (password?: string) => {
    const user = password === undefined ? '' : `anyone:${encodeURIComponent(password)}@`;
    return `http://${user}127.0.0.1:${host.port}/app.git`;
  };
  return { folder, bare, host, seen, url };
}

async function workingCopy(): Promise<string> {
  const folder = folderWith();
  await git(folder, 'init', '--quiet', '--initial-branch=main');
  return folder;
}

async function commit(copy: string, message: string): Promise<string> {
  writeFileSync(path.join(copy, 'message.txt'), `${message}\n`);
  await git(copy, 'add', '.');
  await git(copy, 'commit', '--quiet', '--message', message);
  return git(copy, 'rev-parse', 'HEAD');
}

test('a push with the token arrives and is told with its revision, subject and patch', async () => {
  const { bare, seen, url } = await open();
  const copy = await workingCopy();
  const hash = await commit(copy, 'Say hello');
  await git(copy, 'push', '--quiet', url(TOKEN), 'main');

  assert.equal(await git(bare, 'rev-parse', 'main'), hash);
  assert.deepEqual(
    seen.happenings.map(({ happening }) => happening.what),
    ['refs', 'receive-pack'],
  );
  const push = seen.happenings[1]?.happening;
  assert.ok(push?.what === 'receive-pack');
  assert.equal(push.revision, `main@sha1:${hash}`);
  assert.equal(push.subject, 'Say hello');
  assert.match(push.patch ?? '', /^diff --git .*\n[\s\S]*\+Say hello$/);
  assert.equal(seen.happenings[1]?.repository, 'app.git');
  assert.deepEqual(seen.pushes, [
    { repository: 'app.git', ref: 'refs/heads/main', revision: `main@sha1:${hash}` },
  ]);
});

test('a patch is told to its fortieth line', async () => {
  const { seen, url } = await open();
  const copy = await workingCopy();
  await commit(copy, Array.from({ length: 100 }, (_, line) => `line ${line}`).join('\n'));
  await git(copy, 'push', '--quiet', url(TOKEN), 'main');
  const push = seen.happenings[1]?.happening;
  assert.ok(push?.what === 'receive-pack');
  assert.equal(push.patch?.split('\n').length, 40);
});

test('a push without the token, or with a wrong one, changes nothing', async () => {
  const { bare, seen, url } = await open();
  const copy = await workingCopy();
  await commit(copy, 'Sneak in');
  await assert.rejects(git(copy, 'push', url(), 'main'), /could not read Username/);
  assert.equal(seen.happenings.length, 0);
  await assert.rejects(git(copy, 'push', url('guessed'), 'main'), /Authentication failed/);
  assert.deepEqual(
    seen.happenings.map(({ happening }) => happening.what),
    ['refused'],
  );
  assert.equal(await git(bare, 'for-each-ref'), '');
  assert.deepEqual(seen.pushes, []);
});

test('the pack of a push needs the token too, not only its beginning', async () => {
  const { url } = await open();
  const answer = await fetch(`${url()}/git-receive-pack`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-git-receive-pack-request' },
    body: '0000',
  });
  assert.equal(answer.status, 401);
});

test('reading needs no password, and takes any', async () => {
  const { seen, url } = await open();
  const copy = await workingCopy();
  const hash = await commit(copy, 'Say hello');
  await git(copy, 'push', '--quiet', url(TOKEN), 'main');
  seen.happenings.length = 0;

  assert.match(await git(copy, 'ls-remote', url()), new RegExp(hash));
  assert.match(await git(copy, 'ls-remote', url('whatever')), new RegExp(hash));
  assert.deepEqual(seen.happenings, [], 'what a person reads is no poll of Flux’s');
});

test('who is not a person’s git is told of: it asks for the refs, it fetches', async () => {
  const { seen, url } = await open();
  const copy = await workingCopy();
  await commit(copy, 'Say hello');
  await git(copy, 'push', '--quiet', url(TOKEN), 'main');
  seen.happenings.length = 0;

  const flux = ['-c', 'http.userAgent=go-git/5.x'];
  await git(copy, ...flux, 'ls-remote', url());
  assert.deepEqual(
    seen.happenings.map(({ happening }) => happening),
    [{ what: 'refs', service: 'upload-pack' }],
  );
  const target = path.join(folderWith(), 'clone');
  await git(copy, ...flux, 'clone', '--quiet', '--depth=1', url(), target);
  assert.deepEqual(
    seen.happenings.map(({ happening }) => happening.what),
    ['refs', 'refs', 'upload-pack'],
  );
});

test('a push onto a history that has moved on is told as refused', async () => {
  const { seen, url } = await open();
  const [one, other] = [await workingCopy(), await workingCopy()];
  await commit(one, 'First');
  await git(one, 'push', '--quiet', url(TOKEN), 'main');
  await commit(other, 'Unrelated');
  seen.happenings.length = 0;
  await assert.rejects(git(other, 'push', '--quiet', url(TOKEN), 'main'), /rejected/);
  assert.ok(!seen.happenings.some(({ happening }) => happening.what === 'receive-pack'));
  assert.equal(seen.pushes.length, 1);
});

test('a push back to an earlier commit, by force, is a push', async () => {
  const { bare, seen, url } = await open();
  const copy = await workingCopy();
  const first = await commit(copy, 'First');
  await commit(copy, 'Second');
  await git(copy, 'push', '--quiet', url(TOKEN), 'main');
  await git(copy, 'push', '--quiet', '--force', url(TOKEN), `${first}:main`);
  assert.equal(await git(bare, 'rev-parse', 'main'), first);
  assert.equal(seen.pushes.at(-1)?.revision, `main@sha1:${first}`);
});

test('a push that asks for silence calls for no webhook', async () => {
  const { seen, url } = await open();
  const copy = await workingCopy();
  await commit(copy, 'Quietly');
  const quiet = ['-c', 'http.extraHeader=Fluxdeck-Webhook: off'];
  await git(copy, ...quiet, 'push', '--quiet', url(TOKEN), 'main');
  assert.equal(seen.happenings.at(-1)?.happening.what, 'receive-pack');
  assert.deepEqual(seen.pushes, []);
});

test('ten pushes at once are told one by one, each with its own commit', async () => {
  const { seen, url } = await open();
  const copies = await Promise.all(Array.from({ length: 10 }, workingCopy));
  const hashes = await Promise.all(copies.map((copy, index) => commit(copy, `From ${index}`)));
  await Promise.all(
    copies.map((copy, index) => git(copy, 'push', '--quiet', url(TOKEN), `main:branch-${index}`)),
  );
  assert.deepEqual(
    seen.pushes.map(({ revision }) => revision).sort(),
    hashes.map((hash, index) => `branch-${index}@sha1:${hash}`).sort(),
  );
});

test('only a repository’s own addresses are there', async () => {
  const { folder, host } = await open();
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
  const base = `http://127.0.0.1:${host.port}`;
  for (const address of [
    '/',
    '/secret.txt',
    '/app.git/config',
    '/app.git/HEAD',
    '/app.git/info/refs',
    '/app.git/info/refs?service=git-upload-archive',
    '/app.git/../app.git/config',
    '/none.git/info/refs?service=git-upload-pack',
  ]) {
    assert.equal((await fetch(base + address)).status, 404, address);
  }
  assert.equal((await fetch(`${base}/app.git/git-upload-pack`, { method: 'PUT' })).status, 404);
});

test('a request is a repository, a service and a step, or nothing', () => {
  assert.deepEqual(parseRequest('GET', '/app.git/info/refs?service=git-upload-pack'), {
    repository: 'app.git',
    service: 'upload-pack',
    step: 'refs',
    path: '/app.git/info/refs',
    query: 'service=git-upload-pack',
  });
  assert.equal(parseRequest('POST', '/app.git/git-receive-pack')?.service, 'receive-pack');
  assert.equal(parseRequest('GET', '/app.git/git-receive-pack'), undefined);
  assert.equal(parseRequest('POST', '//app.git/git-receive-pack'), undefined);
  assert.equal(parseRequest('POST', '/../app.git/git-receive-pack'), undefined);
  assert.equal(parseRequest('GET', '/%2e%2e/app.git/info/refs?service=git-upload-pack'), undefined);
  assert.equal(parseRequest('CONNECT', 'app.git:443'), undefined);
});

test('a push that is too large is cut off, and the Git host goes on', async () => {
  const { bare, seen, url } = await open();
  const copy = await workingCopy();
  writeFileSync(path.join(copy, 'film.bin'), randomBytes(33 * 1024 * 1024));
  await commit(copy, 'Add a film');
  await assert.rejects(
    git(copy, 'push', '--quiet', url(TOKEN), 'main'),
    /exceeds maximum allowed size/,
  );
  assert.equal(await git(bare, 'for-each-ref'), '');
  assert.deepEqual(seen.pushes, []);

  await git(copy, 'rm', '--quiet', 'film.bin');
  await git(copy, 'commit', '--quiet', '--amend', '--message', 'Without it');
  await git(copy, 'push', '--quiet', url(TOKEN), 'main');
  assert.equal(seen.pushes.length, 1);
});

test('it listens on the addresses it is given and on no other', async (t) => {
  const other = Object.values(networkInterfaces())
    .flat()
    .find((network) => network?.family === 'IPv4' && !network.internal);
  if (!other) {
    t.skip('this machine has no other address');
    return;
  }
  const closed = await open();
  const address = (port: number) =>
    `http://${other.address}:${port}/app.git/info/refs?service=git-upload-pack`;
  await assert.rejects(fetch(address(closed.host.port)));

  const bridged = await open({
    addresses: ['127.0.0.1', other.address],
    networks: [`${other.address}/32`],
  });
  assert.equal((await fetch(address(bridged.host.port))).status, 200);
  const foreign = await open({
    addresses: ['127.0.0.1', other.address],
    networks: ['203.0.113.0/24'],
  });
  assert.equal((await fetch(address(foreign.host.port))).status, 403, 'who asks is no neighbour');
});

test('an address or a port that can’t be had is told in words', async () => {
  const { host } = await open();
  await assert.rejects(open({ port: host.port }), /port \d+: another program does/);
  await assert.rejects(open({ addresses: ['203.0.113.1'] }), /this machine has no such address/);
});

test('closing it ends what is open', async () => {
  const { host, url } = await open();
  await host.close();
  const { status, stderr } = spawnSync('git', ['ls-remote', url()], { env, encoding: 'utf8' });
  assert.notEqual(status, 0);
  assert.match(stderr, /Failed to connect|Couldn't connect/);
});
