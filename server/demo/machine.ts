import { readFile, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { Mistake } from '../mistake.ts';

/** What a kind node with Flux and its watches takes. */
const INOTIFY = { max_user_instances: 512, max_user_watches: 524288 } as const;
/** Bytes: images saved beside the demo, and as much again for what the cluster writes. */
const ROOM = 3e9;

/** What stands against a cluster on this machine, each with its cure. */
export async function checkMachine(folder: string, platform: NodeJS.Platform): Promise<string[]> {
  return (await lowLimits(platform)).concat(await littleRoom(folder));
}

/** The limits that may be too low, each with its cure; only Linux has inotify. */
export async function lowLimits(platform: NodeJS.Platform): Promise<string[]> {
  if (platform !== 'linux') return [];
  const warnings = await Promise.all(
    Object.entries(INOTIFY).map(async ([name, least]) => {
      const text = await readFile(`/proc/sys/fs/inotify/${name}`, 'utf8').catch(() => '');
      return lowLimit(name, text, least);
    }),
  );
  return warnings.flatMap((warning) => warning ?? []);
}

/** A limit that lets controllers end with “too many open files”. */
export function lowLimit(name: string, text: string, least: number): string | undefined {
  const limit = Number.parseInt(text, 10);
  if (!Number.isFinite(limit) || limit >= least) return undefined;
  return `fs.inotify.${name} is ${limit}, which may be too few (“too many open files”): sudo sysctl fs.inotify.${name}=${least}`;
}

async function littleRoom(folder: string): Promise<string[]> {
  const disk = await statfs(folder).catch(() => undefined);
  const free = disk ? disk.bavail * disk.bsize : Number.POSITIVE_INFINITY;
  if (free >= ROOM) return [];
  throw new Mistake(
    `Only ${(free / 1e9).toFixed(1)} GB are free where the demo is kept (${folder}); it takes ${ROOM / 1e9} GB. Make room, or set XDG_STATE_HOME to another disk.`,
  );
}

/** The port if it is free, else another that is. */
export async function freePort(wanted: number): Promise<number> {
  return (await tryPort(wanted)) ?? (await tryPort(0)) ?? wanted;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const bound = server.address();
      server.close(() => resolve(typeof bound === 'object' ? bound?.port : undefined));
    });
  });
}
