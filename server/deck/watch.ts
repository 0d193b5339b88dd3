import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';

/** Editors write in several strokes; they are one change. */
const SETTLE = 40;

/**
 * Tells of changes to a file, also when an editor replaces it by another. Changes that come while
 * `onChange` is at work are told once, afterwards.
 * @param onBlind is told when the system can't watch (any more)
 * @returns how to stop
 */
export function watchFile(
  file: string,
  onChange: () => Promise<void>,
  onBlind: () => void,
): () => void {
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
  const seen = (_: string, name: string | null) => {
    if (name !== null && name !== path.basename(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void work(), SETTLE);
  };
  const watcher = tryWatch(path.dirname(file), seen);
  if (!watcher) onBlind();
  watcher?.on('error', onBlind);
  return () => {
    clearTimeout(timer);
    watcher?.close();
  };
}

/** A system has only so many watchers to give. */
function tryWatch(
  folder: string,
  seen: (event: string, name: string | null) => void,
): FSWatcher | undefined {
  try {
    return watch(folder, seen);
  } catch {
    return undefined;
  }
}
