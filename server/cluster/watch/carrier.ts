import type { Seconds } from '../../../src/shared/flow.ts';
import type { ApiRequest } from '../../api.ts';

/** What takes requests to an API server. */
export interface Carrier {
  /**
   * Resolves when the answer begins.
   * @param signal ends the request, also while its answer is being read
   */
  open: (request: ApiRequest, signal: AbortSignal) => Promise<Answer>;
  /** Resolves when the server gives a sign of life. */
  probe: (signal: AbortSignal) => Promise<void>;
  /** Resolves when it can take nothing any more. */
  closed: Promise<void>;
  close: () => void;
}

/** An answer whose body is still to come. */
export interface Answer {
  status: number;
  retryAfter?: Seconds;
  body: AsyncIterable<string>;
}

/** The whole body of an answer. */
export async function bodyOf({ body }: Answer): Promise<string> {
  let whole = '';
  for await (const piece of body) whole += piece;
  return whole;
}

/** What every request says of itself. */
export function headersOf(
  { body, type, headers }: ApiRequest,
  credentials: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    accept: 'application/json',
    'user-agent': 'fluxdeck',
    ...(body !== undefined && { 'content-type': type ?? 'application/json' }),
    ...lowerCased(headers ?? {}),
    ...lowerCased(credentials),
  };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

/** `Retry-After` in seconds; the form with a date is not in use. */
export function retryAfter(header: unknown): { retryAfter?: Seconds } {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfter: seconds } : {};
}
