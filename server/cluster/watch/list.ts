import { fields, json, list, text } from '../object.ts';
import { bodyOf } from './carrier.ts';
import { refusal } from './refusal.ts';
import type { Session } from './session.ts';

const PAGE = 500;

/**
 * Lists everything below a path, page by page.
 * @returns the list's `resourceVersion`: from where to watch
 * @throws {Refusal} also when the list has grown too old between two pages (410)
 */
export async function listAll(
  session: Session,
  path: string,
  selector: string | undefined,
  signal: AbortSignal,
  each: (object: unknown) => void,
): Promise<string> {
  for (let next: string | undefined = ''; ; ) {
    const query = new URLSearchParams({
      limit: String(PAGE),
      ...(selector !== undefined && { labelSelector: selector }),
      ...(next !== '' && { continue: next }),
    });
    const answer = await session.open({ method: 'GET', path: `${path}?${query}` }, signal);
    const body = await bodyOf(answer);
    if (answer.status !== 200) throw refusal(answer.status, body, answer.retryAfter);
    const page = fields(json(body));
    const metadata = fields(page.metadata);
    const version = text(metadata.resourceVersion);
    if (version === undefined) throw new Error('a list was cut off');
    for (const object of list(page.items)) each(object);
    next = text(metadata.continue);
    if (next === undefined) return version;
  }
}
