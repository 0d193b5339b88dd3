import { Agent, type ClientRequest, request as plainRequest } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import type { ConnectionOptions } from 'node:tls';
import type { ApiRequest } from '../../api.ts';
import type { Access } from './access.ts';
import { type Answer, bodyOf, type Carrier, headersOf, retryAfter } from './carrier.ts';

/** Milliseconds after which a silent watch is dropped: bookmarks come each minute. */
const SILENT = 90_000;

/** Connections that are kept alive, for servers and proxies that offer no HTTP/2. */
export function overHttp1(access: Access, tls: ConnectionOptions): Carrier {
  const { server, headers } = access;
  const isTls = server.protocol === 'https:';
  const own = isTls ? new TlsAgent({ ...tls, keepAlive: true }) : new Agent({ keepAlive: true });
  const agent = access.agent ?? own;
  const end = new AbortController();
  const prefix = server.pathname.replace(/\/$/, '');
  const open: Carrier['open'] = async (request, signal) => {
    const sent = (isTls ? tlsRequest : plainRequest)({
      ...(isTls && tls),
      agent,
      // An IPv6 address has brackets in a URL only.
      host: server.hostname.replace(/^\[|\]$/g, ''),
      port: server.port || (isTls ? 443 : 80),
      method: request.method,
      path: prefix + request.path,
      headers: headersOf(request, await headers()),
      signal: AbortSignal.any([signal, end.signal]),
    });
    return answered(sent, request);
  };
  return {
    open,
    probe: async (signal) => {
      await bodyOf(await open({ method: 'GET', path: '/readyz' }, signal));
    },
    closed: new Promise((resolve) => {
      end.signal.addEventListener('abort', () => resolve(), { once: true });
    }),
    close: () => {
      end.abort();
      agent.destroy();
    },
  };
}

function answered(sent: ClientRequest, { body }: ApiRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    sent.once('response', (response) => {
      response.setEncoding('utf8');
      const status = response.statusCode ?? 0;
      resolve({ status, ...retryAfter(response.headers['retry-after']), body: response });
    });
    sent.on('error', reject);
    sent.setTimeout(SILENT, () => sent.destroy(new Error('the connection was silent')));
    sent.end(body);
  });
}
