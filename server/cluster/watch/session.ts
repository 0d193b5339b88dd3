import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import type { Seconds } from '../../../src/shared/flow.ts';
import type { Access } from './access.ts';
import type { Carrier } from './carrier.ts';
import { overHttp1 } from './http1.ts';
import { overHttp2 } from './http2.ts';
import { type Schedule, wait } from './wait.ts';

/** A connection to an API server that notices when nobody is there any more. */
export interface Session extends Pick<Carrier, 'open' | 'close'> {
  /** Another string for another cluster: what was known of one says nothing of the other. */
  cluster: string;
  /** Of the kubeconfig's context. */
  namespace?: string;
  /** Why nothing comes over it any more: it was closed, or the server has fallen silent. */
  ended: Promise<'closed' | 'silent'>;
}

const between: Seconds = 2;
/** Two probes that are not answered in this time, and it is stale within 5 s. */
const patience: Seconds = 1.2;
/** A server that is stopped accepts connections and says nothing. */
const connecting: Seconds = 4;

/** @throws when there is no connection to be had */
export async function openSession(
  access: Access,
  schedule: Schedule,
  signal: AbortSignal,
): Promise<Session> {
  const tls = await access.tls();
  const carrier = await carrierTo(access, tls, schedule, signal);
  const end = new AbortController();
  const closed = carrier.closed.then(() => 'closed' as const);
  const ended = Promise.race([closed, silence(carrier, schedule, end.signal)]);
  const close = () => {
    end.abort();
    carrier.close();
  };
  const { server, namespace } = access;
  return {
    open: carrier.open,
    close,
    cluster: createHash('sha256')
      .update(JSON.stringify([server.href, tls.ca]))
      .digest('hex'),
    ...(namespace !== undefined && { namespace }),
    ended: ended.finally(close),
  };
}

async function carrierTo(
  access: Access,
  tls: ConnectionOptions,
  schedule: Schedule,
  signal: AbortSignal,
): Promise<Carrier> {
  const isDirect = access.server.protocol === 'https:' && !access.agent;
  const socket = isDirect ? await handshake(access.server, tls, schedule, signal) : undefined;
  if (socket?.alpnProtocol === 'h2') return overHttp2(socket, access);
  socket?.destroy();
  const carrier = overHttp1(access, tls);
  const limit = AbortSignal.any([signal, timeLimit(schedule, connecting)]);
  await carrier.probe(limit).catch((error: unknown) => {
    carrier.close();
    throw error;
  });
  return carrier;
}

/** The server says in it whether it speaks HTTP/2. */
function handshake(
  { hostname, port }: URL,
  tls: ConnectionOptions,
  schedule: Schedule,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const socket = connect({
      servername: isIP(host) ? '' : host,
      ...tls,
      host,
      port: Number(port || 443),
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    const limit = AbortSignal.any([signal, timeLimit(schedule, connecting)]);
    const giveUp = () => socket.destroy(new Error('no answer'));
    limit.addEventListener('abort', giveUp, { once: true });
    socket.on('error', reject);
    socket.once('close', () => reject(new Error('the connection was closed')));
    socket.once('secureConnect', () => {
      limit.removeEventListener('abort', giveUp);
      resolve(socket);
    });
  });
}

/** Resolves when two probes in a row were not answered; never once the signal is given. */
async function silence(
  carrier: Carrier,
  schedule: Schedule,
  signal: AbortSignal,
): Promise<'silent'> {
  let missed = 0;
  while (missed < 2) {
    if (missed === 0) await wait(schedule, between, signal);
    if (signal.aborted) return new Promise(() => {});
    missed = (await answers(carrier, schedule, signal)) ? 0 : missed + 1;
  }
  return 'silent';
}

async function answers(
  carrier: Carrier,
  schedule: Schedule,
  signal: AbortSignal,
): Promise<boolean> {
  const done = new AbortController();
  const limit = AbortSignal.any([signal, done.signal]);
  const probe = carrier.probe(limit).then(
    () => true,
    () => false,
  );
  const late = wait(schedule, patience, limit).then(() => false);
  const answered = await Promise.race([probe, late]);
  done.abort();
  return answered;
}

function timeLimit(schedule: Schedule, after: Seconds): AbortSignal {
  const limit = new AbortController();
  schedule(after, () => limit.abort());
  return limit.signal;
}
