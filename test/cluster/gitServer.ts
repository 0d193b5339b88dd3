import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { type GitHappening, openGitHost } from '../../server/demo/gitHost.ts';

/** The product's Git host, and what it told. */
export interface GitServer {
  /** A repository's URL, by its name, as in `podinfo`; the second is one that may push. */
  url: (repository: string) => string;
  pushUrl: (repository: string) => string;
  /** Bare repositories, each `NAME.git`. */
  folder: string;
  /** `at` in milliseconds since the epoch. */
  happened: readonly { at: number; repository: string; happening: GitHappening }[];
  /** Nobody answers any more, until it is opened again on the same port. */
  close: () => Promise<void>;
  open: () => Promise<void>;
  /** Once closed: in its place somebody listens who has no answer to anything. */
  hang: () => Promise<void>;
}

/**
 * @param address where the cluster reaches this machine
 * @param networks whose machines may ask, besides this one
 */
export async function openGitServer(
  folder: string,
  address = '127.0.0.1',
  networks: readonly string[] = [],
): Promise<GitServer> {
  await mkdir(folder, { recursive: true });
  const pushToken = randomBytes(16).toString('hex');
  const happened: { at: number; repository: string; happening: GitHappening }[] = [];
  const addresses = [...new Set(['127.0.0.1', address])];
  const open = (port: number) =>
    openGitHost({
      folder,
      addresses,
      networks,
      port,
      pushToken,
      onHappened: (happening, repository) =>
        happened.push({ at: Date.now(), repository, happening }),
    });
  let host: { port: number; close: () => Promise<void> } = await open(0);
  const { port } = host;
  return {
    folder,
    happened,
    url: (repository) => `http://${address}:${port}/${repository}.git`,
    pushUrl: (repository) => `http://tests:${pushToken}@127.0.0.1:${port}/${repository}.git`,
    close: () => host.close(),
    async open() {
      host = await open(port);
    },
    async hang() {
      host = await openMute(addresses, port);
    },
  };
}

async function openMute(addresses: readonly string[], port: number) {
  const callers = new Set<Socket>();
  const servers = addresses.map((address): Server => {
    const server = createServer((caller) => callers.add(caller.on('error', () => undefined)));
    return server.listen(port, address);
  });
  await Promise.all(servers.map((server) => once(server, 'listening')));
  return {
    port,
    async close() {
      const closed = servers.map((server) => once(server.close(), 'close'));
      for (const caller of callers) caller.destroy();
      await Promise.all(closed);
    },
  };
}
