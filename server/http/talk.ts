import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stateDirectory } from '../state.ts';

/** What belongs to a talk and survives a restart, so that a presenter's page goes on working. */
export interface Talk {
  token: string;
  /** To be taken again by the next start. */
  port?: number;
  /** Where it is open, or was last. */
  openAt?: number;
}

/** Names a talk to others without telling where it lies. */
export function talkId(deck: string): string {
  return createHash('sha256').update(deck).digest('hex').slice(0, 16);
}

/** Reads the talk of a deck (an absolute path), or begins one. */
export async function openTalk(deck: string, state = stateDirectory()): Promise<Talk> {
  const known = parse(await readFile(fileOf(deck, state), 'utf8').catch(() => ''));
  return known ?? { token: randomBytes(24).toString('base64url') };
}

/** Keeps a talk in a file that only its owner can read. A read-only disk costs only the memory. */
export async function keepTalk(deck: string, talk: Talk, state = stateDirectory()): Promise<void> {
  try {
    await mkdir(state, { recursive: true, mode: 0o700 });
    await writeFile(fileOf(deck, state), `${JSON.stringify(talk)}\n`, { mode: 0o600 });
  } catch {
    // The token then lives as long as this process.
  }
}

/** All talks that were ever kept, each with its name to others. */
export async function keptTalks(state = stateDirectory()): Promise<(Talk & { id: string })[]> {
  const names = await readdir(state).catch(() => []);
  const ids = names.flatMap((name) => /^([0-9a-f]{16})\.json$/.exec(name)?.[1] ?? []);
  const talks = await Promise.all(
    ids.map(async (id) => {
      const talk = parse(await readFile(path.join(state, `${id}.json`), 'utf8').catch(() => ''));
      return talk ? [{ ...talk, id }] : [];
    }),
  );
  return talks.flat();
}

function parse(text: string): Talk | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('token' in value)) return undefined;
    if (typeof value.token !== 'string' || value.token.length < 20) return undefined;
    return {
      token: value.token,
      ...('port' in value && isPort(value.port) && { port: value.port }),
      ...('openAt' in value && isPort(value.openAt) && { openAt: value.openAt }),
    };
  } catch {
    return undefined;
  }
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) < 65536;
}

function fileOf(deck: string, state: string): string {
  return path.join(state, `${talkId(deck)}.json`);
}
