import type { Server } from 'node:http';
import { Mistake, systemCode } from '../mistake.ts';

/** What answers on a port that is taken. */
export interface Occupant {
  fluxdeck: string;
  deck: string;
}

/** A talk's, unless it is taken. */
export const DEFAULT_PORT = 4321;
const HOST = '127.0.0.1';
const TRIES = 20;

/**
 * Listens on this machine only.
 * @param port the wanted one; when it is `strict`, another is no answer
 * @returns the port, or the occupant when this very talk is being served there already
 */
export async function listen(
  server: Server,
  { port, strict, deck }: { port: number; strict: boolean; deck: string },
): Promise<{ port: number } | { occupant: Occupant; port: number }> {
  const last = Math.min(port + TRIES - 1, 65535);
  for (let candidate = port; candidate <= last; candidate += 1) {
    if (await tryListen(server, candidate)) return { port: portOf(server) };
    const occupant = await occupantOf(candidate);
    if (occupant?.deck === deck) return { occupant, port: candidate };
    if (strict) {
      const who = occupant ? 'another talk of fluxdeck' : 'another program';
      throw new Mistake(`Port ${port} is taken by ${who}. Leave out --port to get a free one.`);
    }
  }
  throw new Mistake(`The ports ${port} to ${last} are all taken. Name one: --port 8080`);
}

function tryListen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const refuse = (error: unknown) => {
      server.off('listening', accept);
      const code = systemCode(error);
      if (code === 'EADDRINUSE') resolve(false);
      else if (code === 'EACCES') {
        reject(new Mistake(`Port ${port} needs an administrator. Take one above 1023.`));
      } else reject(error);
    };
    const accept = () => {
      server.off('error', refuse);
      resolve(true);
    };
    server.once('error', refuse);
    server.once('listening', accept);
    server.listen(port, HOST);
  });
}

/** The talk that answers on a port, if one does. */
export async function occupantOf(port: number): Promise<Occupant | undefined> {
  try {
    const answer = await fetch(`http://${HOST}:${port}/identity.json`, {
      signal: AbortSignal.timeout(500),
    });
    const identity: unknown = await answer.json();
    if (typeof identity !== 'object' || identity === null) return undefined;
    if (!('fluxdeck' in identity) || !('deck' in identity)) return undefined;
    return { fluxdeck: String(identity.fluxdeck), deck: String(identity.deck) };
  } catch {
    return undefined;
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
