import { existsSync, type FSWatcher, watch } from 'node:fs';
import path from 'node:path';

/** Milliseconds. Editors write in several strokes; they are one change. */
const SETTLE = 15;

export interface Watch {
  /** From now on these, and no others; absolute paths. */
  follow: (files: Iterable<string>) => void;
  stop: () => void;
}

/**
 * Tells of changes to files, also when an editor replaces one by another, or when one appears that
 * was not there. Changes that come while `onChange` is at work are told once, afterwards.
 * @param onBlind is told, once, when the system can't watch (any more)
 */
export function watchFiles(onChange: () => Promise<void>, onBlind: () => void): Watch {
  const folders = new Map<string, FSWatcher>();
  let followed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let working = false;
  let again = false;
  let isBlind = false;

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
  const blind = () => {
    if (!isBlind) onBlind();
    isBlind = true;
  };

  function open(folder: string): void {
    const seen = (_: string, name: string | null) => {
      if (name !== null && !followed.has(path.join(folder, name))) return;
      clearTimeout(timer);
      timer = setTimeout(() => void work(), SETTLE);
    };
    const watcher = tryWatch(folder, seen);
    if (!watcher) return blind();
    watcher.on('error', blind);
    folders.set(folder, watcher);
  }

  return {
    follow(files) {
      followed = new Set(files);
      const wanted = new Set([...followed].map((file) => path.dirname(file)));
      for (const [folder, watcher] of folders) {
        if (wanted.has(folder)) continue;
        watcher.close();
        folders.delete(folder);
      }
      for (const folder of wanted) if (!folders.has(folder) && existsSync(folder)) open(folder);
    },
    stop() {
      clearTimeout(timer);
      for (const watcher of folders.values()) watcher.close();
    },
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
