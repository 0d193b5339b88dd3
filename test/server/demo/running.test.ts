import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { byHand } from '../../../server/demo/byHand.ts';
import type { GitHappening } from '../../../server/demo/gitHost.ts';
import { PATHS } from '../../../server/demo/manifests.ts';
import { commitOf } from '../../../server/demo/pristine.ts';
import { ALONE } from '../../../server/demo/reach.ts';
import { headOf, initRepository, rewindTo } from '../../../server/demo/repository.ts';
import { openDemo } from '../../../server/demo/running.ts';
import { beginDemo, parseDemo, places, readDemo, writeDemo } from '../../../server/demo/state.ts';
import { connectCopy, resetCopy, workIn } from '../../../server/demo/workingCopy.ts';
import { ROOT } from '../../helpers/command.ts';
import { folderWith } from '../../helpers/folder.ts';
import { pretendCluster } from './cluster.ts';
import { freePort } from './port.ts';

const execute = promisify(execFile);
const APP = path.join(ROOT, 'assets/demo/app');
const HOOK = `/hook/${'cd'.repeat(32)}`;

/** A demo whose cluster is pretended; Git, its host and its history are real. */
async function running(folder = folderWith()) {
  const demo = {
    ...beginDemo(folder, { cluster: 'fluxdeck', nodeImage: 'node', appImage: 'app:1' }),
    port: await freePort(),
  };
  await writeDemo(demo);
  const first = await initRepository(demo, APP);
  const cluster = pretendCluster({
    [PATHS.receiver]: { status: { webhookPath: HOOK } },
    [PATHS.gitRepository]: { spec: { url: 'http://172.99.0.1:1/app.git' } },
  });
  const happenings: GitHappening[] = [];
  const opened = await openDemo(demo, cluster.ask, {
    reach: { ...ALONE, host: '172.18.0.1' },
    onHappened: (happening) => happenings.push(happening),
  });
  after(() => opened.close());
  return { demo, first, cluster, happenings, opened, copy: places(demo.folder).copy };
}

/** git as the speaker types it, with the working copy's own settings. */
async function git(folder: string, ...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', GIT_TERMINAL_PROMPT: '0' };
  const { stdout } = await execute('git', ['-C', folder, ...args], { env });
  return stdout.trim();
}

test('a push typed by hand in the working copy needs nothing but `git push`', async () => {
  const { copy, happenings, opened } = await running();
  const file = path.join(copy, 'app/page.html');
  writeFileSync(file, readFileSync(file, 'utf8').replace('Hello from Git', 'Hello by hand'));
  await git(copy, 'commit', '--quiet', '--all', '--message', 'Say hello by hand');
  await git(copy, 'push', '--quiet');
  const pushed = happenings.find(({ what }) => what === 'receive-pack');
  assert.ok(pushed?.what === 'receive-pack');
  assert.equal(pushed.subject, 'Say hello by hand');
  assert.match((await opened.read('app/page.html')) ?? '', /Hello by hand/);
});

test('the app asks for its image as the cluster knows it: without the digest it was pulled by', async () => {
  const folder = folderWith();
  const appImage = `localhost:5000/app:1@sha256:${'ab'.repeat(32)}`;
  const demo = beginDemo(folder, { cluster: 'fluxdeck', nodeImage: 'node', appImage });
  await initRepository(demo, APP);
  const { copy } = places(folder);
  const manifest = readFileSync(path.join(copy, 'app/deployment.yaml'), 'utf8');
  assert.match(manifest, /image: localhost:5000\/app:1$/m);
});

test('the lines that demo up offers work as they stand, whatever the folder is called', async () => {
  const { demo, happenings, opened } = await running(path.join(folderWith(), "a speaker's"));
  const [kubeconfig = '', push = ''] = byHand(demo.folder);
  const env = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    EDITOR: 'perl -pi -e s/Hello/Greetings/',
  };
  const shell = (line: string) => execute('sh', ['-c', line], { env });
  const { stdout } = await shell(`${kubeconfig}\nprintenv KUBECONFIG`);
  assert.equal(stdout, `${places(demo.folder).kubeconfig}\n`);
  await shell(push);
  const pushed = happenings.find(({ what }) => what === 'receive-pack');
  assert.ok(pushed?.what === 'receive-pack');
  assert.equal(pushed.subject, 'Say hello');
  assert.match((await opened.read('app/page.html')) ?? '', /Greetings from Git/);
});

test('nothing that is typed on stage shows the token', async () => {
  const { copy, demo } = await running();
  for (const args of [['remote', '-v'], ['config', '-l'], ['status'], ['log']]) {
    assert.ok(!(await git(copy, ...args)).includes(demo.pushToken), args.join(' '));
  }
  const { file, credentials } = places(demo.folder);
  for (const secret of [file, credentials]) assert.equal(statSync(secret).mode & 0o777, 0o600);
  assert.equal(statSync(demo.folder).mode & 0o777, 0o700);
});

test('a commit is pushed over HTTP, announced to Flux, and the working copy follows', async () => {
  const { opened, happenings, cluster, copy, demo } = await running();
  const { revision } = await opened.commit({ 'app/new.yaml': 'a: 1\n' }, { subject: 'Add a file' });
  assert.equal(await headOf(demo), revision);
  assert.equal(await git(copy, 'rev-parse', 'HEAD'), commitOf(revision));
  assert.equal(readFileSync(path.join(copy, 'app/new.yaml'), 'utf8'), 'a: 1\n');
  while (opened.deliveries().length === 0) await new Promise(setImmediate);
  const post = cluster.asked.find(({ method }) => method === 'POST');
  assert.ok(post?.path.endsWith(`/services/http:webhook-receiver:80/proxy${HOOK}`));
  assert.deepEqual(
    happenings.map(({ what }) => what),
    ['refs', 'receive-pack', 'webhook'],
  );
});

test('a commit can go unannounced', async () => {
  const { opened, happenings, cluster } = await running();
  const quiet = { subject: 'Quietly', announced: false };
  await opened.commit({ 'app/new.yaml': 'a: 1\n' }, quiet);
  await opened.commit({ 'app/new.yaml': 'a: 2\n' }, quiet);
  assert.equal(happenings.filter(({ what }) => what === 'receive-pack').length, 2);
  assert.ok(!cluster.asked.some(({ method }) => method === 'POST'));
});

test('commits asked for at once follow each other', async () => {
  const { opened, demo, copy } = await running();
  const subjects = ['One', 'Two', 'Three'];
  await Promise.all(
    subjects.map((subject) => opened.commit({ 'app/x.yaml': `${subject}\n` }, { subject })),
  );
  const log = await git(places(demo.folder).repository, 'log', '--format=%s', 'main');
  assert.deepEqual(log.split('\n'), ['Three', 'Two', 'One', 'Run podinfo']);
  assert.equal(await git(copy, 'status', '--porcelain'), '');
});

test('a commit that changes nothing is told', async () => {
  const { opened } = await running();
  const text = (await opened.read('app/service.yaml')) ?? '';
  await assert.rejects(
    opened.commit({ 'app/service.yaml': text }, { subject: 'Again' }),
    /that way already/,
  );
});

test('where the cluster finds the Git host is mended when it opens', async () => {
  const { cluster, demo } = await running();
  const source = cluster.held.get(PATHS.gitRepository);
  assert.deepEqual(source?.spec, { url: `http://172.18.0.1:${demo.port}/app.git` });
  assert.match(JSON.stringify(source?.metadata), /requestedAt/);
});

test('another process of ours finds the Git host open and pushes to it', async () => {
  const { demo, cluster, happenings } = await running();
  const other = await openDemo(demo, cluster.ask, {
    reach: ALONE,
    onHappened: () => assert.fail('It has no Git host of its own.'),
  });
  after(() => other.close());
  assert.equal(other.gitHost, undefined);
  await other.commit({ 'app/x.yaml': 'x\n' }, { subject: 'From next door' });
  assert.ok(happenings.some(({ what }) => what === 'receive-pack'));
});

test('the history goes back by a push, and the speaker’s work is kept', async () => {
  const { opened, demo, first, copy, happenings } = await running();
  await opened.commit({ 'app/x.yaml': 'x\n' }, { subject: 'Go on' });
  writeFileSync(path.join(copy, 'idea.txt'), 'an idea');
  happenings.length = 0;
  await rewindTo(demo, commitOf(first));
  assert.equal(await headOf(demo), first);
  assert.ok(happenings.some(({ what }) => what === 'receive-pack'));

  const done = await resetCopy(demo, commitOf(first));
  assert.match(done.join(), /git stash pop/);
  assert.ok(!existsSync(path.join(copy, 'idea.txt')));
  assert.equal(await git(copy, 'rev-parse', 'HEAD'), commitOf(first));
  assert.deepEqual(await workIn(demo), []);
  await git(copy, 'stash', 'pop');
  assert.ok(existsSync(path.join(copy, 'idea.txt')));
  assert.deepEqual(await git(copy, 'status', '--porcelain'), '?? idea.txt');
});

test('a working copy that lost its repository is cloned again, never one that lies around it', async () => {
  const { demo, first, copy } = await running();
  await git(demo.folder, 'init', '--quiet');
  rmSync(path.join(copy, '.git'), { recursive: true });
  await connectCopy(demo);
  assert.ok(!(await git(demo.folder, 'config', '-l')).includes('speaker@example.com'));
  assert.match((await resetCopy(demo, commitOf(first))).join(), /cloned again/);
  assert.equal(await git(copy, 'rev-parse', 'HEAD'), commitOf(first));
  assert.match(await git(copy, 'config', 'remote.origin.url'), /^http:/);
});

test('making the repository again changes nothing', async () => {
  const { demo, first } = await running();
  assert.equal(await initRepository(demo, APP), first);
});

test('a demo that can’t be read is none', async () => {
  const { demo } = await running();
  assert.deepEqual(await readDemo(demo.folder), demo);
  const good = readFileSync(places(demo.folder).file, 'utf8');
  for (const text of [
    '',
    '{',
    'null',
    '[]',
    '7',
    good.slice(0, -10),
    good.replace('"port"', '"x"'),
  ]) {
    assert.equal(parseDemo('/tmp', text), undefined);
  }
  assert.equal(await readDemo('/nonexistent'), undefined);
  const odd = good.replace('{', '{"pristine": {"revision": "x"},');
  assert.equal(parseDemo('/tmp', odd)?.pristine, undefined);
});
