import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Mistake } from '../mistake.ts';
import { git, gitOrThrow, refsOf, revisionOf } from './git.ts';
import { WEBHOOK_HEADER } from './gitHost.ts';
import { type Demo, places, REPOSITORY } from './state.ts';
import { tagOf } from './versions.ts';
import { connectCopy, followMain, helperOf, remoteOf, SPEAKER } from './workingCopy.ts';

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
    // Loaded from an archive, it has lost its digest: the cluster knows it by its tag.
    await writeFile(path.join(copy, 'app', name), text.replaceAll('IMAGE', tagOf(demo.appImage)));
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

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
