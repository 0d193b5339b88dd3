import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
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
  const open = (port: number) =>
    openGitHost({
      folder,
      addresses: [...new Set(['127.0.0.1', address])],
      networks,
      port,
      pushToken,
      onHappened: (happening, repository) =>
        happened.push({ at: Date.now(), repository, happening }),
    });
  let host = await open(0);
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
  };
}
