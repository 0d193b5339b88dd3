import { devNull } from 'node:os';
import path from 'node:path';
import { type Ran, run } from './run.ts';

/** How many lines of a commit's diff are told. */
const PATCH_LINES = 40;

/** Git sees neither the user's settings nor anything else of theirs. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH ?? '',
    // Windows starts no program without it.
    ...(process.env.SystemRoot !== undefined && { SystemRoot: process.env.SystemRoot }),
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

/** Runs git in a repository's own folder: one that lies around it, as of dotfiles, is not meant. */
export function git(folder: string, ...args: readonly string[]): Promise<Ran> {
  const env = { ...gitEnvironment(), GIT_CEILING_DIRECTORIES: path.dirname(path.resolve(folder)) };
  return run('git', ['-C', folder, ...args], { env, timeout: 30_000 });
}

/** @throws with what git said, when it fails */
export async function gitOrThrow(folder: string, ...args: readonly string[]): Promise<string> {
  const { code, out, err } = await git(folder, ...args);
  if (code !== 0) throw new Error(`git ${args[0]} failed: ${err.trim() || `code ${code}`}`);
  return out.trim();
}

/** Every ref of a repository and the commit it points to, by its full name. */
export async function refsOf(repository: string): Promise<ReadonlyMap<string, string>> {
  const { out } = await git(repository, 'for-each-ref', '--format=%(refname) %(objectname)');
  const lines = out.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [name = '', commit = ''] = line.split(' ');
      return [name, commit];
    }),
  );
}

/** A branch's commit as Flux writes it: `main@sha1:` and 40 hex digits. */
export function revisionOf(branch: string, commit: string): string {
  return `${branch}@sha1:${commit}`;
}

/** The first line of a commit's message, and its diff as far as anybody would read it. */
export async function describeCommit(
  repository: string,
  commit: string,
): Promise<{ subject: string; patch: string }> {
  const [subject, patch] = await Promise.all([
    git(repository, 'show', '--no-patch', '--format=%s', commit),
    git(repository, 'show', '--format=', '--no-color', '--no-ext-diff', commit),
  ]);
  return {
    subject: subject.out.trim(),
    patch: patch.out.split('\n').slice(0, PATCH_LINES).join('\n').trimEnd(),
  };
}
