import type { Seconds } from '../../../src/shared/flow.ts';
import type { Watched } from '../observation.ts';
import { backoff } from './backoff.ts';
import { openWatch, type WatchEvent } from './events.ts';
import { type KindState, plural } from './health.ts';
import { pathOf, type WatchedKind } from './kinds.ts';
import type { Link } from './link.ts';
import { listAll } from './list.ts';
import { Refusal } from './refusal.ts';
import type { Session } from './session.ts';

export interface Following {
  link: Pick<Link, 'session' | 'pause' | 'isOnTrial' | 'distrust'>;
  clock: () => Seconds;
  random: () => number;
  /** Ends it. */
  signal: AbortSignal;
  tell: (change: Watched['change'], object?: unknown) => void;
  became: (state: KindState) => void;
  /** What is the matter, in the server's words. */
  log: (line: string) => void;
}

/** Where the watches of a kind stand. */
interface Place {
  cluster: string;
  /** The only namespace that we may see. */
  only?: string;
  marks: Mark[];
}

interface Mark {
  selector?: string;
  version: string;
}

/** A watch that has lasted so long has worked, even if there was nothing to tell. */
const lasting: Seconds = 5;
/** A watch that can't go on from where it should says so at once. */
const settling: Seconds = 0.1;
/** No server has so much to do that it may send us away for longer. */
const longestAway: Seconds = 30;
/** So many failures in a row are no hiccup. */
const many = 4;

/**
 * Lists a kind and watches it until the signal is given, whatever happens: one loop, so that
 * nothing is ever done twice at a time. Once it has ended it tells nothing.
 */
export async function follow(kind: WatchedKind, to: Following): Promise<void> {
  let place: Place | undefined;
  /** Whether all namespaces were listed: then one of them is no substitute. */
  let hadAll = false;
  let hadAny = false;
  let failures = 0;
  let logged = 0;
  let session: Session | undefined;
  /** When it was refused first in a row. */
  let refusedAt: Seconds | undefined;
  /** The last list has not been watched from yet. */
  let isUntried = false;
  /** Until when what was told is to be believed. */
  let fresh: Seconds = Number.NEGATIVE_INFINITY;
  pending();

  while (!to.signal.aborted) {
    try {
      const before = session;
      session = await to.link.session();
      // What the last connection came to says nothing of this one.
      if (session !== before) failures = 0;
      place = await listed(session);
      await watch(session, place);
      pending();
      await to.link.pause(backoff(failures, to.random()));
    } catch (error) {
      if (to.signal.aborted) return;
      failures += 1;
      await to.link.pause(error instanceof Refusal ? refused(error) : broken());
    }
  }

  function pending(): void {
    refusedAt = undefined;
    to.became({ type: 'pending', since: fresh });
  }

  /** Where to watch from: where it stood, or after another list. */
  async function listed(session: Session): Promise<Place> {
    if (place?.cluster === session.cluster) return place;
    forget();
    const found = await list(session);
    hadAll ||= found.only === undefined;
    hadAny = true;
    isUntried = true;
    return found;
  }

  async function list(session: Session): Promise<Place> {
    try {
      return await listIn(session, kind.namespace);
    } catch (error) {
      const only = session.namespace;
      const isForbidden = error instanceof Refusal && error.status === 403;
      if (!isForbidden || kind.namespace !== undefined || only === undefined || hadAll) throw error;
      const found = await listIn(session, only).catch(() => {
        throw error;
      });
      return { ...found, only };
    }
  }

  async function listIn(session: Session, namespace: string | undefined): Promise<Place> {
    const path = pathOf(kind, namespace);
    const marks: Mark[] = [];
    let isBegun = false;
    try {
      for (const selector of kind.selectors ?? [undefined]) {
        const version = await listAll(session, path, selector, to.signal, (object) => {
          isBegun = true;
          to.tell('LIST', object);
        });
        marks.push({ ...(selector !== undefined && { selector }), version });
      }
    } catch (error) {
      // Half a list says nothing of what it lacks.
      if (isBegun) to.tell('ERROR');
      throw error;
    }
    to.tell('LISTED', { metadata: { resourceVersion: marks[0]?.version } });
    return { cluster: session.cluster, marks };
  }

  /** Until one of the watches of the kind ends. */
  async function watch(session: Session, { marks, only }: Place): Promise<void> {
    const end = new AbortController();
    const signal = AbortSignal.any([to.signal, end.signal]);
    const path = pathOf(kind, kind.namespace ?? only);
    const timeout = Math.round(200 + 90 * to.random());
    try {
      const watches = await Promise.all(
        marks.map(async (mark) => ({
          mark,
          events: await openWatch(session, path, { ...mark, timeout }, signal),
        })),
      );
      const began = to.clock();
      const reading = watches.map(({ mark, events }) => read(events, mark));
      const ended = Promise.race(reading);
      let isLive = false;
      try {
        await Promise.race([ended, to.link.pause(settling)]);
        logged = 0;
        isLive = true;
        refusedAt = undefined;
        isUntried = false;
        to.became({ type: 'live', ...(only !== undefined && { only }) });
        await ended;
      } finally {
        const now = to.clock();
        if (isLive) fresh = now;
        if (now - began > lasting) failures = 0;
        end.abort();
        await Promise.allSettled(reading);
      }
    } finally {
      end.abort();
    }
  }

  async function read(events: AsyncIterable<WatchEvent>, mark: Mark): Promise<void> {
    for await (const { change, object, version } of events) {
      if (to.signal.aborted) return;
      to.tell(change, object);
      mark.version = version;
      failures = 0;
    }
  }

  /** The connection broke: what was seen last is still where to go on. @returns how long to wait */
  function broken(): Seconds {
    // A server that does not know us hangs up: that is no news.
    if (refusedAt === undefined) pending();
    return backoff(failures, to.random());
  }

  /** @returns how long to wait */
  function refused({ status, retryAfter = 0, message }: Refusal): Seconds {
    const isOnTrial = to.link.isOnTrial();
    if (!isOnTrial) complain(status, message);
    // A clear answer is no failure of the server's.
    if (status < 429 && status !== 410) failures = 0;
    if (status === 401 || status === 403) {
      refusedAt ??= to.clock();
      to.became({ type: 'refused', status, message, since: refusedAt });
      if (status === 401) to.link.distrust();
      return isOnTrial ? soon() : 2 + to.random() / 2;
    }
    // A server that has just begun does not know its kinds yet.
    if (status === 404 && isOnTrial && hadAny) {
      pending();
      return soon();
    }
    if (status === 404) {
      forget();
      // A kind that is not served has no objects.
      if (hadAny) to.tell('LISTED');
      hadAny = false;
      to.became({ type: 'absent' });
      return isOnTrial ? soon() : 4 + to.random();
    }
    // Of anything but a busy server it is not known what went unseen.
    if (status !== 429) forget();
    pending();
    if (status === 410 && !isUntried) return 0;
    const after = backoff(failures, to.random());
    return Math.max(Math.min(retryAfter, longestAway), isOnTrial ? Math.min(after, soon()) : after);
  }

  function soon(): Seconds {
    return (1 + to.random()) / 2;
  }

  function forget(): void {
    if (place) to.tell('ERROR');
    place = undefined;
  }

  /** Of what passes by itself nothing is said, and nothing twice in a row. */
  function complain(status: number, message: string): void {
    if (status < 500 || failures < many || logged === status) return;
    logged = status;
    to.log(`The cluster does not tell of ${plural(kind.kind)}: ${message} (${status})`);
  }
}
