import { watch } from 'node:fs';
import path from 'node:path';

/** Editors write in several strokes; they are one change. */
const SETTLE = 40;

/**
 * Tells of changes to a file, also when an editor replaces it by another. Changes that come while
 * `onChange` is at work are told once, afterwards.
 * @returns how to stop
 */
export function watchFile(file: string, onChange: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let working = false;
  let again = false;

  const work = async () => {
    if (working) {
      again = true;
      return;
    }
    working = true;
    do {
      again = false;
      await onChange();
    } while (again);
    working = false;
  };
  const watcher = watch(path.dirname(file), (_, name) => {
    if (name !== null && name !== path.basename(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void work(), SETTLE);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
