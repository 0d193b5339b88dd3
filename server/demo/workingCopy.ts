import { readdir, rename, writeFile } from 'node:fs/promises';
import { git, gitOrThrow } from './git.ts';
import { type Demo, places, REPOSITORY } from './state.ts';

/** Who commits in the demo: nobody's own name and address reach the glass. */
export const SPEAKER = [
  ['user.name', 'Speaker'],
  ['user.email', 'speaker@example.com'],
] as const;

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
    await moveAside(copy);
    await gitOrThrow(demo.folder, 'clone', '--quiet', repository, copy);
    await connectCopy(demo);
    return ['the working copy had no repository: cloned again'];
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

/** What is left of a copy may still be somebody's work. */
async function moveAside(copy: string): Promise<void> {
  const left = await readdir(copy).catch(() => []);
  if (left.length > 0) await rename(copy, `${copy}-${Date.now()}`);
}

export function remoteOf({ port }: Demo): string {
  return `http://127.0.0.1:${port}/${REPOSITORY}`;
}

/** Git hands it to a shell. */
export function helperOf(credentials: string): string {
  return `store --file='${credentials.replaceAll("'", "'\\''")}'`;
}
