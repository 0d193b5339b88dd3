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
  /** The newest complete run of a scene, as a recording of its own. */
  scene(name: string): Promise<Recording | undefined>;
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
        if (useful.length < KEPT - 1 && hasCompleteScene(await read(file))) useful.push(file);
      }
      const kept = new Set([...all.slice(0, KEPT - 1), ...useful]);
      const old = all.filter((file) => !kept.has(file));
      // What can't be removed, as on a read-only disk, is in nobody's way.
      await Promise.all(old.map((file) => rm(file, { force: true }).catch(() => undefined)));
      return path.join(folder, `${started.replace(/[^\dTZ]/g, '-')}.jsonl`);
    },
    async scene(name) {
      for (const file of await files()) {
        const recording = await read(file);
        const found = recording && completeScene(recording, name);
        if (found) return found;
      }
      return undefined;
    },
  };
}

async function read(file: string): Promise<Recording | undefined> {
  const parsed = parseRecording(await readFile(file, 'utf8').catch(() => ''));
  return 'recording' in parsed ? parsed.recording : undefined;
}

function hasCompleteScene(recording: Recording | undefined): boolean {
  if (!recording) return false;
  return scenes(recording).some(({ name }) => completeScene(recording, name) !== undefined);
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
