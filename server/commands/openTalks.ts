import { WebSocket } from 'ws';
import { type Down, decodeDown, encode, type Up } from '../../src/shared/wire.ts';
import { occupantOf } from '../http/listen.ts';
import { keptTalks } from '../http/talk.ts';

/** A talk that is open on this machine, with what its presenter may do. */
export interface OpenTalk {
  port: number;
  token: string;
}

/** The talks that this person has open. */
export async function openTalks(): Promise<OpenTalk[]> {
  const kept = await keptTalks();
  const open = await Promise.all(
    kept.map(async ({ id, token, openAt }) => {
      const occupant = openAt === undefined ? undefined : await occupantOf(openAt);
      return openAt !== undefined && occupant?.deck === id ? [{ port: openAt, token }] : [];
    }),
  );
  return open.flat();
}

/** Presents a talk that is open elsewhere. */
export interface Presenting {
  ask: (wish: Up) => void;
  close: () => void;
}

/** @param closed is called once, when the talk has gone */
export function present(
  { port, token }: OpenTalk,
  heard: (message: Down) => void,
  closed: () => void,
): Presenting {
  const host = `127.0.0.1:${port}`;
  const socket = new WebSocket(`ws://${host}/live`, ['fluxdeck', `token.${token}`], {
    origin: `http://${host}`,
  });
  socket.on('message', (bytes) => {
    const message = Buffer.isBuffer(bytes) ? decodeDown(bytes.toString()) : undefined;
    if (message) heard(message);
  });
  // Whatever goes wrong, it closes.
  socket.on('error', () => undefined);
  socket.once('close', closed);
  return { ask: (wish) => socket.send(encode(wish)), close: () => socket.close() };
}
