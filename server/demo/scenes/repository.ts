import { git } from '../git.ts';
import { commitOf } from '../pristine.ts';
import type { RunningDemo } from '../running.ts';
import { places } from '../state.ts';
import type { Repository } from './scene.ts';

/** The demo's repository, as scenes work on it. */
export function repositoryOf({
  demo,
  read,
  commit,
}: Pick<RunningDemo, 'demo' | 'read' | 'commit'>): Repository {
  const { repository } = places(demo.folder);
  const atRevision = async (file: string, revision: string) => {
    const { code, out } = await git(repository, 'show', `${commitOf(revision)}:${file}`);
    return code === 0 ? out : undefined;
  };
  return {
    commit,
    async read(file, revision) {
      const text = await (revision === undefined ? read(file) : atRevision(file, revision));
      if (text !== undefined) return text;
      throw new Error(
        `${file} is not in the repository any more. “fluxdeck demo reset” brings it back.`,
      );
    },
    async changedSince(revision) {
      const range = [commitOf(revision), 'main'];
      // Modified, or deleted: what was added since is in nobody's way.
      const { code, out } = await git(
        repository,
        'diff',
        '--name-only',
        '--no-renames',
        '--diff-filter=MD',
        '-z',
        ...range,
      );
      if (code === 0) return out.split('\0').filter(Boolean);
      throw new Error(
        'The repository does not know what was applied last. Run “fluxdeck demo reset”.',
      );
    },
  };
}
