import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseRecording, type Recording } from '../src/shared/recording.ts';
import { empty, reduceAll } from '../src/shared/reduce.ts';
import { scenes } from '../src/shared/scene.ts';

/** How many talks are remembered; of those in which a scene came to its end so many as well. */
const KEPT = 3;

/** The speaker's own last runs: a ring of recordings in a folder. */
export interface Runs {
  /** A file for one more; the oldest ones go, where they can. Never throws. */
  next(started: string): Promise<string>;
  /** The newest complete run of each scene that has one, by its name: recordings of their own. */
  scenes(): Promise<ReadonlyMap<string, Recording>>;
}

export function runsIn(folder: string): Runs {
  /** Newest first. */
  const files = async () =>
    (await readdir(folder).catch(() => []))
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .reverse()
      .map((name) => path.join(folder, name));

  return {
    async next(started) {
      const all = await files();
      const useful: string[] = [];
      for (const file of all) {
        if (useful.length < KEPT - 1 && (await completeScenes(file)).size > 0) useful.push(file);
      }
      const kept = new Set([...all.slice(0, KEPT - 1), ...useful]);
      const old = all.filter((file) => !kept.has(file));
      // What can't be removed, as on a read-only disk, is in nobody's way.
      await Promise.all(old.map((file) => rm(file, { force: true }).catch(() => undefined)));
      return path.join(folder, `${started.replace(/[^\dTZ]/g, '-')}.jsonl`);
    },
    async scenes() {
      const newest = new Map<string, Recording>();
      for (const file of await files()) {
        for (const [name, run] of await completeScenes(file)) {
          if (!newest.has(name)) newest.set(name, run);
        }
      }
      return newest;
    },
  };
}

/** None of a file that can't be read. */
async function completeScenes(file: string): Promise<Map<string, Recording>> {
  const parsed = parseRecording(await readFile(file, 'utf8').catch(() => ''));
  const found = new Map<string, Recording>();
  if ('problem' in parsed) return found;
  for (const name of new Set(scenes(parsed.recording).map((scene) => scene.name))) {
    const run = completeScene(parsed.recording, name);
    if (run) found.set(name, run);
  }
  return found;
}

/**
 * The last run of a scene that came to its own end while the cluster was watched all the time,
 * cut out of the recording; what was known before it is in its header.
 */
export function completeScene(recording: Recording, name: string): Recording | undefined {
  const { events } = recording;
  const part = scenes(recording).findLast((scene) => {
    const closing = events[scene.end]?.event;
    const isEnded = closing?.type === 'marker' && closing.name === 'end';
    const own = events.slice(scene.first, scene.end);
    const isSeen = own.every(({ event }) => event.type !== 'health' || event.state !== 'stale');
    return scene.name === name && isEnded && isSeen;
  });
  if (!part) return undefined;
  const before = reduceAll(empty(recording.flow.health), [
    ...recording.flow.resources.map((resource) => ({
      event: { type: 'changed' as const, resource },
      at: 0,
    })),
    ...events.slice(0, part.first),
  ]);
  return {
    ...recording,
    flow: { resources: [...before.resources.values()], health: before.health },
    events: events.slice(part.first, part.end),
  };
}
