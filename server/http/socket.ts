import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { isLocal } from './policy.ts';

/** One connection, to whoever composes it with the hub. */
export interface Client {
  /** Whether it brought the presenter's token. */
  presenter: boolean;
  /** The edition of the deck that its page shows; undefined when it does not say. */
  edition?: string;
  send(text: string): void;
  /** Bytes that wait to be sent. */
  buffered(): number;
  onMessage(listener: (text: string) => void): void;
  onClose(listener: () => void): void;
}

const PATH = '/live';
/** Ours are under 1 kB; nothing longer is read. */
const LONGEST_MESSAGE = 4 * 1024;
const MOST_CLIENTS = 500;
/** Messages that one client may send in one second. */
const MOST_MESSAGES = 20;
const HEARTBEAT = 15_000;

/**
 * The WebSocket beside the site: same port, same origin, nobody else.
 * @param isPresenter tells whether a token is the presenter's
 * @returns how to close it
 */
export function openSocket(
  server: Server,
  isPresenter: (token: string) => boolean,
  onClient: (client: Client) => void,
): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: LONGEST_MESSAGE,
  });

  const answered = new WeakSet<WebSocket>();

  server.on('upgrade', (request, socket: Duplex, head) => {
    // An upgrade that nobody answers would keep its connection for ever.
    socket.on('error', () => socket.destroy());
    const [pathname, query] = (request.url ?? '').split('?');
    if (pathname !== PATH) return deny(socket, '404 Not Found');
    const { origin, host } = request.headers;
    if (!isLocal(host) || origin !== `http://${host}`) return deny(socket, '403 Forbidden');
    if (sockets.clients.size >= MOST_CLIENTS) return deny(socket, '503 Service Unavailable');
    // Browsers let a page set no header on a WebSocket but this one.
    const offered = (request.headers['sec-websocket-protocol'] ?? '')
      .split(',')
      .map((p) => p.trim());
    const token = offered.find((name) => name.startsWith('token.'))?.slice('token.'.length);
    sockets.handleUpgrade(request, socket, head, (ws) => {
      answered.add(ws);
      ws.on('pong', () => answered.add(ws));
      const edition = new URLSearchParams(query).get('edition') ?? undefined;
      onClient({
        ...toClient(ws, token !== undefined && isPresenter(token)),
        ...(edition !== undefined && { edition }),
      });
    });
  });

  const heartbeat = setInterval(() => {
    for (const ws of sockets.clients) {
      if (!answered.delete(ws)) ws.terminate();
      else ws.ping();
    }
  }, HEARTBEAT);
  heartbeat.unref();

  return () => {
    clearInterval(heartbeat);
    for (const ws of sockets.clients) ws.terminate();
    sockets.close();
  };
}

function toClient(ws: WebSocket, presenter: boolean): Client {
  let second = 0;
  let count = 0;
  ws.on('error', () => ws.terminate());
  return {
    presenter,
    send: (text) => {
      if (ws.readyState === ws.OPEN) ws.send(text);
    },
    buffered: () => ws.bufferedAmount,
    onMessage(listener) {
      ws.on('message', (bytes: RawData, isBinary) => {
        // Who has been told to go may still be talking.
        if (ws.readyState !== ws.OPEN) return;
        const now = Math.floor(Date.now() / 1000);
        count = now === second ? count + 1 : 1;
        second = now;
        const isText = !isBinary && Buffer.isBuffer(bytes);
        if (isText && count <= MOST_MESSAGES) listener(bytes.toString());
        else ws.close(1008, 'no more of this');
      });
    },
    onClose: (listener) => void ws.on('close', listener),
  };
}

/** Answers, and waits for nobody to hang up. */
function deny(socket: Duplex, status: string): void {
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
