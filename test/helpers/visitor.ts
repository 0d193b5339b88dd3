import { once } from 'node:events';
import { WebSocket } from 'ws';
import { type Down, decodeDown } from '../../src/shared/wire.ts';

/** A page's end of the socket, held by a test. */
export interface Visitor {
  /** The next message of a type, in the order in which they come. */
  hears: <Type extends Down['type']>(type: Type) => Promise<Extract<Down, { type: Type }>>;
  sends: (message: unknown) => void;
  /** The server has dealt with all that was sent before. */
  settles: () => Promise<void>;
  /** The code that it was closed with. */
  closed: Promise<number>;
  socket: WebSocket;
}

export interface Knock {
  token?: string;
  path?: string;
  /** As the page that asks has it; undefined: none. */
  headers?: Record<string, string | undefined>;
}

/** Opens a socket as a page of the talk does. @throws the status of an answer that is a no */
export async function visit(audience: string, knock: Knock = {}): Promise<Visitor> {
  const { origin, host } = new URL(audience);
  const protocols = ['fluxdeck', ...(knock.token === undefined ? [] : [`token.${knock.token}`])];
  const headers = Object.entries({ Origin: origin, ...knock.headers }).filter(
    (header): header is [string, string] => header[1] !== undefined,
  );
  const socket = new WebSocket(`ws://${host}${knock.path ?? '/live'}`, protocols, {
    headers: Object.fromEntries(headers),
  });
  const heard: Down[] = [];
  socket.on('message', (bytes) => {
    const message = Buffer.isBuffer(bytes) && decodeDown(bytes.toString());
    if (message) heard.push(message);
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
    socket.on('unexpected-response', (_, answer) => {
      reject(new Error(String(answer.statusCode)));
      socket.terminate();
    });
  });
  return {
    async hears(type) {
      for (;;) {
        const at = heard.findIndex((message) => message.type === type);
        const [found] = at < 0 ? [] : heard.splice(at, 1);
        if (found && isOf(found, type)) return found;
        await once(socket, 'message');
      }
    },
    sends: (message) => socket.send(JSON.stringify(message)),
    async settles() {
      socket.ping();
      await once(socket, 'pong');
    },
    closed,
    socket,
  };
}

function isOf<Type extends Down['type']>(
  message: Down,
  type: Type,
): message is Extract<Down, { type: Type }> {
  return message.type === type;
}
