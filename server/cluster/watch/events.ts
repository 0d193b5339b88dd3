import { fields, json, text } from '../object.ts';
import type { Watched } from '../observation.ts';
import { bodyOf } from './carrier.ts';
import { lines } from './lines.ts';
import { Refusal, refusal, refusalIn } from './refusal.ts';
import type { Session } from './session.ts';

/** What a watch tells, as sent. */
export interface WatchEvent {
  change: Extract<Watched['change'], 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'>;
  object: unknown;
  /** Of the object: from where to watch again. */
  version: string;
}

export interface WatchFrom {
  selector?: string;
  version: string;
  /** Seconds, after which the server ends it: not all watches at the same moment. */
  timeout: number;
}

/**
 * Begins a watch: resolves when the server has accepted it.
 * @throws {Refusal} here, or while its events are read
 */
export async function openWatch(
  session: Session,
  path: string,
  { selector, version, timeout }: WatchFrom,
  signal: AbortSignal,
): Promise<AsyncGenerator<WatchEvent>> {
  const query = new URLSearchParams({
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: version,
    timeoutSeconds: String(timeout),
    ...(selector !== undefined && { labelSelector: selector }),
  });
  const answer = await session.open({ method: 'GET', path: `${path}?${query}` }, signal);
  if (answer.status !== 200) throw refusal(answer.status, await bodyOf(answer), answer.retryAfter);
  return eventsIn(answer.body);
}

async function* eventsIn(body: AsyncIterable<string>): AsyncGenerator<WatchEvent> {
  for await (const line of lines(body)) {
    if (line === '') continue;
    const { type, object } = fields(json(line));
    if (type === 'ERROR') throw refusalIn(object);
    const change = changes.find((known) => known === type);
    const version = text(fields(fields(object).metadata).resourceVersion);
    // Whoever can't read a line can't know what it missed: a list says what is.
    if (!change || version === undefined) throw new Refusal(500, 'a line of the watch is damaged');
    yield { change, object, version };
  }
}

const changes: readonly WatchEvent['change'][] = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'];
