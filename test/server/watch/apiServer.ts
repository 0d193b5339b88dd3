import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type ServerHttp2Session } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { folderWith } from '../../helpers/folder.ts';

/** What an API server says instead of an answer. */
export interface Fault {
  status: number;
  headers?: Record<string, string>;
  message?: string;
}

export interface Asked {
  method: string;
  /** Of the resource, as in `gitrepositories`. */
  plural: string;
  path: string;
  query: URLSearchParams;
  token: string;
}

interface Happened {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  plural: string;
  object: KubernetesObject;
}

interface KubernetesObject {
  kind: string;
  metadata: { name: string; namespace: string; uid: string; resourceVersion: string };
}

type Request = Http2ServerRequest | IncomingMessage;
/** What the two have in common. */
interface Response {
  writeHead(status: number, headers?: Record<string, string>): unknown;
  write(chunk: string | Buffer, done?: () => void): boolean;
  end(chunk: string): unknown;
  once(event: 'close', run: () => void): unknown;
  on(event: 'error', run: () => void): unknown;
}

interface OpenWatch {
  plural: string;
  response: Response;
}

/**
 * An API server of real sockets and TLS whose objects and faults a test decides: for what a real
 * one can't be made to do at a given moment. Between it and the world lies a line that can go dead.
 */
export interface ApiServer {
  /** The file that has the way to it, and the one that has the token. */
  kubeconfig: string;
  tokenFile: string;
  port: number;
  /** Everything that was asked, in order. */
  asked: Asked[];
  /** TCP connections so far. */
  connections: () => number;
  put: (plural: string, name: string, more?: object) => void;
  remove: (plural: string, name: string) => void;
  /** Decides what goes wrong. */
  fault: (asked: Asked) => Fault | undefined;
  /** Watches from before now are refused with 410; how, is the fault's or this one's affair. */
  forget: () => void;
  /** Writes pieces as they are into each open watch of a resource. */
  write: (plural: string, pieces: readonly (string | Buffer)[]) => Promise<void>;
  /** Ends each open watch. */
  endWatches: () => void;
  watches: () => string[];
  goaway: () => void;
  /** Nothing gets through any more, and nobody is told. */
  freeze: () => void;
  thaw: () => void;
  /** Drops every connection. */
  cut: () => void;
  close: () => Promise<void>;
}

/** A self-signed certificate for 127.0.0.1, made once a test file. */
const keys = makeKeys();

export async function startApiServer({ http1 = false, page = 500 } = {}): Promise<ApiServer> {
  const objects = new Map<string, KubernetesObject>();
  const history: Happened[] = [];
  const watches = new Set<OpenWatch>();
  const sessions = new Set<ServerHttp2Session>();
  let version = 100;
  let oldest = 0;

  const server = http1
    ? createHttpsServer(keys, answer)
    : createSecureServer(keys, answer).on('session', (session) => {
        sessions.add(session);
        session.once('close', () => sessions.delete(session));
        session.on('error', () => {});
      });
  const line = await startLine(server);

  const folder = folderWith({ 'ca.crt': keys.cert, token: 'sesame\n' });
  const kubeconfig = path.join(folder, 'config');
  const api: ApiServer = {
    kubeconfig,
    tokenFile: path.join(folder, 'token'),
    port: line.port,
    asked: [],
    connections: () => line.connections(),
    put(plural, name, more = {}) {
      const key = `${plural}/${name}`;
      const before = objects.get(key);
      version += 1;
      const metadata = {
        name,
        namespace: 'demo',
        uid: before?.metadata.uid ?? `uid-${version}`,
        resourceVersion: String(version),
      };
      const object = { kind: 'Any', ...more, metadata };
      objects.set(key, object);
      happen({ type: before ? 'MODIFIED' : 'ADDED', plural, object });
    },
    remove(plural, name) {
      const key = `${plural}/${name}`;
      const before = objects.get(key);
      if (!before) throw new Error(`there is no ${key}`);
      objects.delete(key);
      version += 1;
      const metadata = { ...before.metadata, resourceVersion: String(version) };
      happen({ type: 'DELETED', plural, object: { ...before, metadata } });
    },
    fault: () => undefined,
    forget: () => {
      version += 1;
      oldest = version;
    },
    async write(plural, pieces) {
      for (const watch of watches) {
        if (watch.plural !== plural) continue;
        for (const piece of pieces) {
          // Each piece is a frame of its own.
          await new Promise((resolve) => watch.response.write(piece, () => resolve(undefined)));
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    },
    endWatches: () => {
      for (const { response } of watches) response.end('');
    },
    watches: () => [...watches].map(({ plural }) => plural),
    goaway: () => {
      for (const session of sessions) session.goaway();
    },
    freeze: line.freeze,
    thaw: line.thaw,
    cut: line.cut,
    close: async () => {
      line.close();
      for (const session of sessions) session.destroy();
      server.close();
    },
  };
  writeFileSync(kubeconfig, kubeconfigTo(line.port));
  return api;

  function happen(happened: Happened): void {
    history.push(happened);
    for (const { plural, response } of watches) {
      if (plural === happened.plural) response.write(told(happened));
    }
  }

  function answer(request: Request, response: Response): void {
    response.on('error', () => {});
    const url = new URL(request.url ?? '', 'https://api');
    const asked: Asked = {
      method: request.method ?? '',
      plural: url.pathname.split('/').at(-1) ?? '',
      path: url.pathname,
      query: url.searchParams,
      token: (request.headers.authorization ?? '').replace('Bearer ', ''),
    };
    api.asked.push(asked);
    const fault = api.fault(asked);
    if (fault) {
      refuse(response, fault);
      // As a real one does, so that who is not known can't keep it busy.
      if (fault.status === 401) for (const session of sessions) session.goaway(0, 2 ** 31 - 1);
      return;
    }
    if (asked.plural === 'readyz') {
      response.end('ok');
      return;
    }
    if (asked.plural === 'version') {
      response.end('{"gitVersion":"v1.36.2"}');
      return;
    }
    if (asked.query.has('watch')) watch(asked, response);
    else list(asked, response);
  }

  function list({ plural, query, path: at }: Asked, response: Response): void {
    // One selector of a workload is enough to stand for both.
    const isOther = query.get('labelSelector')?.includes('!') ?? false;
    const all = isOther ? [] : [...objects].filter(([key]) => key.startsWith(`${plural}/`));
    const from = Number(query.get('continue') ?? 0);
    const items = all.slice(from, from + page).map(([, object]) => object);
    const more = from + page < all.length ? { continue: String(from + page) } : {};
    const kind = at.includes('events') ? 'EventList' : 'List';
    const metadata = { resourceVersion: String(version), ...more };
    response.end(JSON.stringify({ kind, metadata, items }));
  }

  function watch({ plural: asked, query }: Asked, response: Response): void {
    const plural = query.get('labelSelector')?.includes('!') ? `other ${asked}` : asked;
    const from = Number(query.get('resourceVersion'));
    response.writeHead(200);
    if (from < oldest) {
      const object = { kind: 'Status', code: 410, message: 'too old resource version' };
      response.end(`${JSON.stringify({ type: 'ERROR', object })}\n`);
      return;
    }
    for (const happened of history) {
      const isLater = Number(happened.object.metadata.resourceVersion) > from;
      if (happened.plural === plural && isLater) response.write(told(happened));
    }
    const open = { plural, response };
    watches.add(open);
    response.once('close', () => watches.delete(open));
    if (response instanceof ServerResponse) response.flushHeaders();
    else response.write('');
  }
}

function told({ type, object }: Happened): string {
  return `${JSON.stringify({ type, object })}\n`;
}

function refuse(response: Response, { status, headers, message }: Fault): void {
  response.writeHead(status, headers ?? {});
  response.end(JSON.stringify({ kind: 'Status', code: status, message: message ?? 'no' }));
}

export function kubeconfigTo(port: number, { token = 'tokenFile: token', namespace = '' } = {}) {
  return [
    'apiVersion: v1',
    'kind: Config',
    'current-context: hush-hush',
    `contexts: [{name: hush-hush, context: {cluster: c, user: u${namespace && `, namespace: ${namespace}`}}}]`,
    `clusters: [{name: c, cluster: {server: "https://127.0.0.1:${port}", certificate-authority: ca.crt}}]`,
    'users:',
    '- name: u',
    '  user:',
    `    ${token}`,
    '',
  ].join('\n');
}

/** A stretch of network that can go dead without anybody being told. */
async function startLine(server: Server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const inner = portOf(server);
  const ends = new Set<Socket>();
  let isFrozen = false;
  let connections = 0;
  const outer: Server = createServer((socket) => {
    connections += 1;
    const beyond = connect(inner, '127.0.0.1');
    for (const [one, other] of [
      [socket, beyond],
      [beyond, socket],
    ] as const) {
      ends.add(one);
      one.on('data', (chunk) => other.write(chunk));
      one.on('error', () => {});
      one.once('close', () => {
        ends.delete(one);
        // A dead line does not tell of an end, either.
        if (!isFrozen) other.destroy();
      });
      if (isFrozen) one.pause();
    }
  });
  outer.listen(0, '127.0.0.1');
  await once(outer, 'listening');
  return {
    port: portOf(outer),
    connections: () => connections,
    freeze: () => {
      isFrozen = true;
      for (const end of ends) end.pause();
    },
    thaw: () => {
      isFrozen = false;
      for (const end of ends) end.resume();
    },
    cut: () => {
      for (const end of ends) end.destroy();
    },
    close: () => {
      for (const end of ends) end.destroy();
      outer.close();
    },
  };
}

function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function makeKeys(): { key: string; cert: string } {
  const folder = folderWith();
  const [key, cert] = [path.join(folder, 'key'), path.join(folder, 'cert')];
  const subject = ['-subj', '/CN=api', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync(
    'openssl',
    ['req', '-x509', ...kind, '-days', '2', ...subject, '-keyout', key, '-out', cert],
    { stdio: 'ignore' },
  );
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}
