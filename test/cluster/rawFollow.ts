import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { Admin } from './admin.ts';

/** An object as the API server sent it, as far as tests look into it. */
export interface Sent {
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    resourceVersion: string;
    generation?: number;
    annotations?: Record<string, string>;
    deletionTimestamp?: string;
  };
  spec?: Record<string, unknown>;
  status?: {
    conditions?: { type: string; status: string; reason?: string; message?: string }[];
    artifact?: { revision?: string };
    lastAppliedRevision?: string;
    lastAttemptedRevision?: string;
    replicas?: number;
    readyReplicas?: number;
    updatedReplicas?: number;
    observedGeneration?: number;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** One line of a list or watch. */
export interface Line {
  /** Milliseconds since the epoch, when it reached this program. */
  at: number;
  kind: string;
  /** LIST is an object of a list, LISTED the list's end: what it lacked is gone. */
  type: 'LIST' | 'LISTED' | 'ADDED' | 'MODIFIED' | 'DELETED';
  object?: Sent;
}

export interface Followed {
  admin: Admin;
  kind: string;
  /** Where the API server has the objects of the kind. */
  path: string;
  write: (line: Line) => void;
  /** Ends it. */
  signal: AbortSignal;
}

interface Place {
  resourceVersion: string;
}

/** Milliseconds before a watch that has ended begins again. */
const PAUSE = 100;

/** Lists, then watches whatever happens to the API server; resolves when listed, or not served. */
export async function follow(followed: Followed): Promise<void> {
  const place: Place = { resourceVersion: '' };
  if (!(await list(followed, place))) return;
  void goOn(followed, place);
}

async function goOn(followed: Followed, place: Place): Promise<void> {
  const { signal } = followed;
  while (!signal.aborted) {
    try {
      const isGone = await watch(followed, place);
      if (isGone) await list(followed, place);
    } catch {
      // The API server is away, or nobody wants more: the loop tells which.
    }
    if (!signal.aborted) await wait(PAUSE);
  }
}

/** @returns whether the cluster serves the kind */
async function list({ admin, kind, path, write }: Followed, place: Place): Promise<boolean> {
  const { status, body } = await admin.ask({ method: 'GET', path });
  if (status === 404) return false;
  if (status !== 200) throw new Error(`${kind} can't be listed: ${status} ${body}`);
  const answer: { metadata: Place; items: Sent[] } = JSON.parse(body);
  for (const object of answer.items) write({ at: Date.now(), kind, type: 'LIST', object });
  write({ at: Date.now(), kind, type: 'LISTED' });
  place.resourceVersion = answer.metadata.resourceVersion;
  return true;
}

/** @returns whether the place is too old to go on from, when the watch has ended */
async function watch(followed: Followed, place: Place): Promise<boolean> {
  const { admin, kind, path, write, signal } = followed;
  const query = `watch=1&resourceVersion=${place.resourceVersion}`;
  const answer = await admin.stream(`${path}?${query}`, signal);
  if (answer.statusCode === 410) return true;
  for await (const text of createInterface({ input: answer })) {
    const { type, object }: { type: Line['type'] | 'ERROR'; object: Sent } = JSON.parse(text);
    if (type === 'ERROR') return true;
    write({ at: Date.now(), kind, type, object });
    place.resourceVersion = object.metadata.resourceVersion;
  }
  return false;
}
