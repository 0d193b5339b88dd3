import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Mistake } from '../mistake.ts';
import { git, gitOrThrow, refsOf, revisionOf } from './git.ts';
import { WEBHOOK_HEADER } from './gitHost.ts';
import { type Demo, places, REPOSITORY } from './state.ts';

/** Who commits in the demo: nobody's own name and address reach the glass. */
const SPEAKER = [
  ['user.name', 'Speaker'],
  ['user.email', 'speaker@example.com'],
] as const;

/** The revision of `main`, if there is one. */
export async function headOf(demo: Demo): Promise<string | undefined> {
  const commit = (await refsOf(places(demo.folder).repository)).get('refs/heads/main');
  return commit === undefined ? undefined : revisionOf('main', commit);
}

/** A file of `main`; undefined when it is not there. */
export async function readFileOf(demo: Demo, name: string): Promise<string | undefined> {
  const { code, out } = await git(places(demo.folder).repository, 'show', `main:${name}`);
  return code === 0 ? out : undefined;
}

/**
 * Makes the repository with the app as its first commit, and the speaker's working copy of it. What
 * is there already stays.
 * @param app the folder of the app's files; `IMAGE` in them is the demo's image
 */
export async function initRepository(demo: Demo, app: string): Promise<string> {
  const { git: folder, repository, copy } = places(demo.folder);
  const known = await headOf(demo);
  if (known !== undefined) {
    await connectCopy(demo);
    return known;
  }
  // What an interrupted try left has nothing of the speaker's in it yet.
  await rm(repository, { recursive: true, force: true });
  await rm(copy, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await gitOrThrow(folder, 'init', '--quiet', '--bare', '-b', 'main', '--template=', REPOSITORY);
  await gitOrThrow(repository, 'config', 'http.receivepack', 'true');

  await mkdir(copy, { mode: 0o700 });
  await gitOrThrow(copy, 'init', '--quiet', '-b', 'main');
  await mkdir(path.join(copy, 'app'));
  for (const name of await readdir(app)) {
    const text = await readFile(path.join(app, name), 'utf8');
    await writeFile(path.join(copy, 'app', name), text.replaceAll('IMAGE', demo.appImage));
  }
  await connectCopy(demo);
  await gitOrThrow(copy, 'add', '.');
  await gitOrThrow(copy, 'commit', '--quiet', '--message', 'Run podinfo');
  // The first commit is nobody's push: nothing listens yet.
  await gitOrThrow(copy, 'push', '--quiet', repository, 'main');
  await followMain(demo);
  const head = await headOf(demo);
  if (head === undefined)
    throw new Error('The repository has no main branch after its first commit.');
  return head;
}

/**
 * Sets the working copy's remote, so that `git push` typed by hand works. The token lies in a file
 * of its own that Git's `store` helper reads: neither `git remote -v` nor `git config -l`, both
 * typed on stage, show it.
 */
export async function connectCopy(demo: Demo): Promise<void> {
  const { copy, credentials } = places(demo.folder);
  await writeFile(credentials, `http://speaker:${demo.pushToken}@127.0.0.1:${demo.port}\n`, {
    mode: 0o600,
  });
  const there = await git(copy, 'rev-parse', '--git-dir');
  if (there.code !== 0) return;
  await git(copy, 'config', '--unset-all', 'credential.helper');
  const settings = [
    ...SPEAKER,
    // An empty one first: no helper of the speaker's own gets to keep the token.
    ['credential.helper', ''],
    ['credential.helper', helperOf(credentials)],
    // A proxy is for the world, not for this machine.
    ['http.proxy', ''],
    ['remote.origin.url', remoteOf(demo)],
    ['remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*'],
    ['branch.main.remote', 'origin'],
    ['branch.main.merge', 'refs/heads/main'],
  ] as const;
  for (const [name, value] of settings) {
    const how = name === 'credential.helper' ? '--add' : '--replace-all';
    await gitOrThrow(copy, 'config', how, name, value);
  }
}

export interface CommitOptions {
  subject: string;
  /** False: no webhook tells Flux of it. */
  announced?: boolean;
}

/**
 * Commits files (path → text) onto `main` and pushes that over HTTP, as a speaker would: so it is
 * seen like any other push. The working copy follows, unless the speaker has work in it.
 */
export async function commitFiles(
  demo: Demo,
  files: Readonly<Record<string, string>>,
  { subject, announced = true }: CommitOptions,
): Promise<{ revision: string }> {
  const { repository } = places(demo.folder);
  const scratch = await mkdtemp(path.join(demo.folder, 'scratch-'));
  try {
    // By its path: a clone over HTTP would look like somebody reading.
    await gitOrThrow(scratch, 'clone', '--quiet', '--branch', 'main', repository, 'copy');
    const copy = path.join(scratch, 'copy');
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(copy, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    await gitOrThrow(copy, 'add', '--all');
    if ((await git(copy, 'diff', '--cached', '--quiet')).code === 0) {
      throw new Mistake(`Nothing to commit for “${subject}”: the repository is that way already.`);
    }
    const identity = SPEAKER.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    await gitOrThrow(copy, ...identity, 'commit', '--quiet', '--message', subject);
    await push(demo, copy, ['main'], announced);
    return { revision: revisionOf('main', await gitOrThrow(copy, 'rev-parse', 'HEAD')) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
    await followMain(demo);
  }
}

/** Takes `main` back to a commit, by a push with force: seen like any other. */
export async function rewindTo(demo: Demo, commit: string): Promise<void> {
  await push(demo, places(demo.folder).repository, ['--force', `${commit}:refs/heads/main`], true);
}

/** Whatever else was pushed beside `main`. */
export async function foreignRefs(demo: Demo): Promise<string[]> {
  const refs = await refsOf(places(demo.folder).repository);
  return [...refs.keys()].filter((name) => name !== 'refs/heads/main');
}

export async function deleteRefs(demo: Demo, refs: readonly string[]): Promise<void> {
  for (const ref of refs) await gitOrThrow(places(demo.folder).repository, 'update-ref', '-d', ref);
}

async function push(
  demo: Demo,
  from: string,
  what: readonly string[],
  announced: boolean,
): Promise<void> {
  const settings = [
    `credential.helper=${helperOf(places(demo.folder).credentials)}`,
    'http.proxy=',
    ...(announced ? [] : [`http.extraHeader=${WEBHOOK_HEADER}: off`]),
  ].flatMap((setting) => ['-c', setting]);
  const { code, err } = await git(from, ...settings, 'push', '--quiet', remoteOf(demo), ...what);
  if (code === 0) return;
  throw new Mistake(
    `The push to the demo's Git host failed: ${lastLine(err)} Does \`fluxdeck start\` run, or another program on port ${demo.port}?`,
  );
}

/** What stands in the working copy that no push has brought away: `2 changed files`. */
export async function workIn(demo: Demo): Promise<string[]> {
  const { out } = await git(places(demo.folder).copy, 'status', '--porcelain');
  return out.split('\n').filter((line) => line !== '');
}

/** The commit that the working copy is at; undefined when it is gone. */
export async function copyHead(demo: Demo): Promise<string | undefined> {
  const { code, out } = await git(places(demo.folder).copy, 'rev-parse', 'HEAD');
  return code === 0 ? out.trim() : undefined;
}

/** Brings the working copy to `main` where nothing of the speaker's is in the way. */
export async function followMain(demo: Demo): Promise<void> {
  const { copy, repository } = places(demo.folder);
  await git(copy, 'fetch', '--quiet', repository, '+refs/heads/main:refs/remotes/origin/main');
  const branch = await git(copy, 'symbolic-ref', '--short', 'HEAD');
  if (branch.out.trim() !== 'main' || (await workIn(demo)).length > 0) return;
  await git(copy, 'merge', '--quiet', '--ff-only', 'origin/main');
}

/**
 * Brings the working copy to a commit, whatever stands in it: changes go to a stash, commits stay
 * in the reflog.
 * @returns what was done to it, in words
 */
export async function resetCopy(demo: Demo, commit: string): Promise<string[]> {
  const { copy, repository } = places(demo.folder);
  const there = await git(copy, 'rev-parse', '--git-dir');
  if (there.code !== 0) {
    await gitOrThrow(demo.folder, 'clone', '--quiet', repository, copy);
    await connectCopy(demo);
    return ['the working copy was gone: cloned again'];
  }
  await gitOrThrow(
    copy,
    'fetch',
    '--quiet',
    repository,
    '+refs/heads/main:refs/remotes/origin/main',
  );
  const changed = await workIn(demo);
  const done: string[] = [];
  if (changed.length > 0) {
    await gitOrThrow(
      copy,
      'stash',
      'push',
      '--quiet',
      '--include-untracked',
      '-m',
      'Before demo reset',
    );
    done.push(
      `${changed.length} changed in the working copy: kept, \`git stash pop\` brings them back`,
    );
  }
  const before = await git(copy, 'rev-parse', 'HEAD');
  await gitOrThrow(copy, 'checkout', '--quiet', '-B', 'main', commit);
  await git(copy, 'branch', '--quiet', '--set-upstream-to=origin/main', 'main');
  if (before.out.trim() !== commit) done.push('the working copy is at the first commit again');
  return done;
}

function remoteOf({ port }: Demo): string {
  return `http://127.0.0.1:${port}/${REPOSITORY}`;
}

/** Git hands it to a shell. */
function helperOf(credentials: string): string {
  return `store --file='${credentials.replaceAll("'", "'\\''")}'`;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
