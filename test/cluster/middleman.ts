import { once } from 'node:events';
import {
  type ClientHttp2Session,
  connect,
  createSecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Reach } from './admin.ts';

/** A proxy that ends TLS and can answer in the API server's place. */
export interface Middleman {
  port: number;
  /** Answers that came from the API server, by status; of a watch that has become too old, 410. */
  passed: readonly number[];
  /** Answers with this status whatever is asked, and ends what goes on; until it relents. */
  refuse: (status: number) => void;
  relent: () => void;
  /** Ends every connection and lets none through, until it is mended. */
  cut: () => void;
  mend: () => void;
  close: () => Promise<void>;
}

/** By them HTTP/2 says what belongs to one connection; the next one has its own. */
const OWN = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade']);

/** @param tls of a server that the program trusts, in PEM */
export async function openMiddleman(
  { server: target, ca }: Pick<Reach, 'server' | 'ca'>,
  tls: { cert: Buffer; key: Buffer },
): Promise<Middleman> {
  const passed: number[] = [];
  const connections = new Set<{ destroy: () => void }>();
  const open = new Set<ServerHttp2Stream>();
  let status: number | undefined;
  let isCut = false;

  const server = createSecureServer(tls);
  server.on('connection', (socket) => {
    if (isCut) socket.destroy();
  });
  server.on('session', (near) => {
    const far = connect(target, { ca });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      connections.add(one);
      one.on('error', () => undefined);
      one.once('close', () => {
        connections.delete(one);
        other.destroy();
      });
    }
    near.on('stream', (stream, headers) => {
      stream.on('error', () => undefined);
      if (status === undefined) pass(stream, far, headers);
      else answer(stream, status);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();

  const drop = () => {
    for (const connection of connections) connection.destroy();
  };
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : 0,
    passed,
    refuse(given) {
      status = given;
      for (const stream of open) stream.close();
    },
    relent() {
      status = undefined;
    },
    cut() {
      isCut = true;
      drop();
    },
    mend() {
      isCut = false;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      drop();
      await closed;
    },
  };

  function pass(
    stream: ServerHttp2Stream,
    far: ClientHttp2Session,
    headers: IncomingHttpHeaders,
  ): void {
    const asked = far.request({ ...sent(headers), ':authority': target.host });
    open.add(stream);
    asked.on('error', () => stream.close());
    stream.once('close', () => {
      open.delete(stream);
      asked.close();
    });
    asked.once('response', (answered) => {
      passed.push(Number(answered[':status']));
      stream.respond(sent(answered));
    });
    asked.on('data', (chunk: Buffer) => {
      if (/"type":"ERROR".*"code":410/.test(chunk.toString())) passed.push(410);
    });
    asked.pipe(stream);
    stream.pipe(asked);
  }
}

function sent(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      OWN.has(name) || value === undefined ? [] : [[name, [value].flat().join(', ')]],
    ),
  );
}

/** As an API server that has too much to do, or is broken. */
function answer(stream: ServerHttp2Stream, code: number): void {
  const retry = code === 429 ? { 'retry-after': '1' } : {};
  stream.respond({ ':status': code, 'content-type': 'application/json', ...retry });
  stream.end(JSON.stringify({ kind: 'Status', status: 'Failure', code, message: 'not now' }));
}
