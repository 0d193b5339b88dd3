import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { type Finding, failure, ok, skipped, warning } from './check.ts';

/** Bytes. A run takes a few hundred kB; a cluster that is out of room stops its pods. */
const LEAST = 0.5e9;
const SAFE = 3e9;

/** Bytes that are free where a folder lies or would lie; undefined when nothing tells. */
export async function freeBytes(folder: string): Promise<number | undefined> {
  const disk = await statfs(folder).catch(() => undefined);
  if (disk) return disk.bavail * disk.bsize;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : freeBytes(parent);
}

export function judgeDisk(free: number | undefined): Finding {
  if (free === undefined) return skipped('the system does not tell how much is free');
  const words = `${(free / 1e9).toFixed(1)} GB are free where runs and the demo are kept`;
  const cure = 'Make room: `docker system df` tells what Docker keeps.';
  if (free < LEAST) return failure(`only ${words}`, cure);
  return free < SAFE ? warning(`only ${words}`, cure) : ok(words);
}
