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
  link: Pick<Link, 'session' | 'pause' | 'distrust'>;
  clock: () => Seconds;
  random: () => number;
  /** Ends it. */
  signal: AbortSignal;
  tell: (change: Watched['change'], object?: unknown) => void;
  became: (state: KindState) => void;
  /** What went wrong, in the server's words. */
  log: (line: string) => void;
}

/** Where the watches of a kind stand. */
interface Place {
  cluster: string;
  /** The only namespace that we may see. */
  only?: string;
  marks: { selector?: string; version: string }[];
}

/** A watch that has lasted so long has worked, even if there was nothing to tell. */
const lasting: Seconds = 5;
/** No server has so much to do that it may send us away for longer. */
const longestAsked: Seconds = 30;

/**
 * Lists a kind and watches it for as long as the signal is not given, whatever happens: one loop,
 * so that nothing is ever done twice at a time. Once it has ended it tells nothing.
 */
export async function follow(kind: WatchedKind, to: Following): Promise<void> {
  let place: Place | undefined;
  /** Whether all namespaces were listed: then fewer of them are no substitute. */
  let hadAll = false;
  let hadAny = false;
  let failures = 0;
  let logged = '';
  // Nothing was seen of it yet, and nothing is to be believed.
  to.became({ type: 'pending', since: Number.NEGATIVE_INFINITY });

  while (!to.signal.aborted) {
    try {
      const session = await to.link.session();
      if (place?.cluster !== session.cluster) {
        if (place) to.tell('ERROR');
        place = undefined;
        place = await list(session);
        hadAll ||= place.only === undefined;
        hadAny = true;
      }
      await watch(session, place);
      to.became({ type: 'pending', since: to.clock() });
    } catch (error) {
      if (to.signal.aborted) return;
      failures += 1;
      const delay = troubled(error);
      await to.link.pause(delay);
      continue;
    }
    await to.link.pause(backoff(failures, to.random()));
  }

  async function list(session: Session): Promise<Place> {
    try {
      return await listIn(session, kind.namespace);
    } catch (error) {
      const isForbidden = error instanceof Refusal && error.status === 403;
      const isNarrower = kind.namespace === undefined && session.namespace !== undefined;
      if (!isForbidden || !isNarrower || hadAll) throw error;
      const place = await listIn(session, session.namespace).catch(() => {
        throw error;
      });
      return { ...place, ...(session.namespace !== undefined && { only: session.namespace }) };
    }
  }

  async function listIn(session: Session, namespace: string | undefined): Promise<Place> {
    const path = pathOf(kind, namespace);
    const marks: Place['marks'] = [];
    let told = false;
    try {
      for (const selector of kind.selectors ?? [undefined]) {
        const version = await listAll(session, path, selector, to.signal, (object) => {
          told = true;
          to.tell('LIST', object);
        });
        marks.push({ ...(selector !== undefined && { selector }), version });
      }
    } catch (error) {
      // Half a list says nothing of what it lacks.
      if (told) to.tell('ERROR');
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
    try {
      const timeout = Math.round(200 + 90 * to.random());
      const watches = await Promise.all(
        marks.map(async (mark) => ({
          mark,
          events: await openWatch(session, path, { ...mark, timeout }, signal),
        })),
      );
      const began = to.clock();
      logged = '';
      to.became({ type: 'live', ...(only !== undefined && { only }) });
      const reading = watches.map(({ mark, events }) => read(events, mark));
      try {
        await Promise.race(reading);
      } finally {
        if (to.clock() - began >= lasting) failures = 0;
        end.abort();
        await Promise.allSettled(reading);
      }
    } finally {
      end.abort();
    }
  }

  async function read(events: AsyncIterable<WatchEvent>, mark: Place['marks'][number]) {
    for await (const { change, object, version } of events) {
      if (to.signal.aborted) return;
      to.tell(change, object);
      mark.version = version;
      failures = 0;
    }
  }

  /** Says what is the matter. @returns how long to wait */
  function troubled(error: unknown): Seconds {
    const jittered = backoff(failures, to.random());
    if (!(error instanceof Refusal)) {
      // The connection broke: what was seen last is still where to go on.
      to.became({ type: 'pending', since: to.clock() });
      return jittered;
    }
    const { status, retryAfter = 0, message } = error;
    complain(status, message);
    if (status === 429) {
      to.became({ type: 'pending', since: to.clock() });
      return Math.max(Math.min(retryAfter, longestAsked), jittered);
    }
    if (status === 401 || status === 403) {
      to.became({ type: 'refused', status });
      if (status === 401) to.link.distrust();
      return 3 + to.random();
    }
    if (place) to.tell('ERROR');
    place = undefined;
    if (status === 404) {
      // A kind that is not served has no objects.
      if (hadAny) to.tell('LISTED');
      hadAny = false;
      to.became({ type: 'absent' });
      return 4 + to.random();
    }
    to.became({ type: 'pending', since: to.clock() });
    return status === 410 && failures === 1 ? 0 : jittered;
  }

  /** The same is not said twice in a row. */
  function complain(status: number, message: string): void {
    const line = complaint(kind.kind, status, message);
    if (line !== logged) to.log(line);
    logged = line;
  }
}

function complaint(kind: string, status: number, message: string): string {
  const kinds = plural(kind);
  switch (status) {
    case 401:
      return `The cluster does not know who asks for ${kinds}: ${message}`;
    case 403:
      return `The cluster does not let us watch ${kinds}: ${message}`;
    case 404:
      return `The cluster has no ${kinds}; if they come, they are watched.`;
    case 410:
      return `The watch of ${kinds} was away too long: they are listed again.`;
    default:
      return `The cluster does not tell of ${kinds} (${status}): ${message}`;
  }
}
