import { type ClientHttp2Session, connect } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { ApiRequest } from '../../api.ts';
import type { Access } from './access.ts';
import { type Answer, type Carrier, headersOf, retryAfter } from './carrier.ts';

/** Lists are large, and a watch must not wait for one that nobody reads yet. */
const WINDOW = 4 * 1024 * 1024;

/** Milliseconds. */
const LAST_WORDS = 250;

/** One HTTP/2 session over a TLS connection: every request and watch is a stream of it. */
export function overHttp2(socket: TLSSocket, { server, headers }: Access): Carrier {
  const session = connect(server.origin, {
    createConnection: () => socket,
    settings: { initialWindowSize: WINDOW, enablePush: false },
  });
  session.once('connect', () => {
    if (!session.destroyed) session.setLocalWindowSize(WINDOW * 4);
  });
  const closed = new Promise<void>((resolve) => {
    session.once('close', resolve);
    // Of its streams some would go on, but none begin: better all anew. An answer may be on its
    // way, though: that the server does not know us, and hangs up for it.
    session.once('goaway', () => setTimeout(resolve, LAST_WORDS));
    session.on('error', () => resolve());
  });
  const prefix = server.pathname.replace(/\/$/, '');
  return {
    open: async (request, signal) =>
      opened(session, { ...request, path: prefix + request.path }, await headers(), signal),
    probe: () => pinged(session),
    closed,
    close: () => session.destroy(),
  };
}

function opened(
  session: ClientHttp2Session,
  request: ApiRequest,
  credentials: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = session.request(
      {
        ...headersOf(request, credentials),
        ':method': request.method,
        ':path': request.path,
      },
      { signal, endStream: false },
    );
    stream.setEncoding('utf8');
    stream.once('response', (headers) => {
      const status = Number(headers[':status']);
      resolve({ status, ...retryAfter(headers['retry-after']), body: stream });
    });
    stream.on('error', reject);
    stream.once('close', () => reject(new Error('the connection was closed')));
    stream.end(request.body);
  });
}

function pinged(session: ClientHttp2Session): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = !session.destroyed && session.ping((error) => (error ? reject(error) : resolve()));
    if (!sent) reject(new Error('the connection was closed'));
  });
}
