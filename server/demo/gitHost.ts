import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import path from 'node:path';
import { Mistake, systemCode } from '../mistake.ts';
import { isToken } from '../token.ts';
import { describeCommit, refsOf, revisionOf } from './git.ts';
import { serveGit } from './gitBackend.ts';
import { type GitRequest, parseRequest, passwordOf } from './gitRequest.ts';

/** What the Git host saw; the same words as an observation's. */
export type GitHappening =
  | { what: 'refs'; service: string }
  | { what: 'upload-pack' }
  | { what: 'receive-pack'; revision?: string; subject?: string; patch?: string }
  | { what: 'webhook'; status: number; revision?: string }
  | { what: 'refused' };

/** `repository` is the path of its URL, as in `app.git`. */
export type OnHappened = (happening: GitHappening, repository: string) => void;

/** A branch has a new commit. */
export interface Push {
  repository: string;
  /** As in `refs/heads/main`. */
  ref: string;
  revision: string;
}

export interface GitHostOptions {
  /** Holds the bare repositories, each `NAME.git`. */
  folder: string;
  /** To listen on, each by itself; never all of the machine's. */
  addresses: readonly string[];
  /** Networks that may ask, as in `172.18.0.0/16`; this machine always may. */
  networks?: readonly string[];
  /** 0 takes any free one. */
  port: number;
  /** Who pushes has it as the password, under any name. Reading needs none. */
  pushToken: string;
  /** Names this Git host to others of this machine: a header of each answer. */
  id?: string;
  onHappened: OnHappened;
  /** For a webhook; not called when the push asked for silence. */
  onPushed?: (push: Push) => void;
}

export interface GitHost {
  port: number;
  addresses: readonly string[];
  close: () => Promise<void>;
}

/** A push with this header set to `off` is announced by no webhook: Flux finds it by itself. */
export const WEBHOOK_HEADER = 'Fluxdeck-Webhook';
export const HOST_HEADER = 'Fluxdeck-Git-Host';

const BRANCH = 'refs/heads/';

/**
 * A Git host over smart HTTP: `git http-backend` below each repository's three addresses.
 * @throws a Mistake when an address or the port can't be had
 */
export async function openGitHost(options: GitHostOptions): Promise<GitHost> {
  const answer = createAnswer(options);
  const servers: Server[] = [];
  const state = { port: options.port };
  const close = async () => {
    await Promise.all(
      servers.map(async (server) => {
        const closed = once(server, 'close');
        server.close();
        server.closeAllConnections();
        await closed;
      }),
    );
  };
  for (const address of options.addresses) {
    const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, answer);
    server.maxConnections = 64;
    try {
      state.port = await listenOn(server, address, state.port);
      servers.push(server);
    } catch (error) {
      await close();
      throw new Mistake(whyNot(systemCode(error), address, state.port));
    }
  }
  return { port: state.port, addresses: options.addresses, close };
}

async function listenOn(server: Server, address: string, port: number): Promise<number> {
  server.listen(port, address);
  await once(server, 'listening');
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : port;
}

function whyNot(code: string | undefined, address: string, port: number): string {
  if (code === 'EADDRINUSE')
    return `The Git host can't listen on ${address}, port ${port}: another program does. End it; \`fluxdeck demo down\` and \`demo up\` takes another port.`;
  if (code === 'EADDRNOTAVAIL')
    return `The Git host can't listen on ${address}: this machine has no such address (any more). Is Docker running?`;
  return `The Git host can't listen on ${address}, port ${port}: ${code ?? 'the reason is unknown'}.`;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

function createAnswer(options: GitHostOptions): Answer {
  const allowed = allowList(options.networks ?? []);
  // Pushes to a repository go one by one, so that each is told with its own commits.
  const pushing = new Map<string, Promise<void>>();
  return (request, response) => {
    if (options.id !== undefined) response.setHeader(HOST_HEADER, options.id);
    if (!allowed(request.socket.remoteAddress ?? '')) {
      refuse(response, 403);
      return;
    }
    const wanted = parseRequest(request.method ?? '', request.url ?? '');
    if (!wanted) {
      refuse(response, 404);
      return;
    }
    const happened = (happening: GitHappening) => options.onHappened(happening, wanted.repository);
    if (wanted.service === 'receive-pack' && !isToken(passwordOf(request), options.pushToken)) {
      // Git asks without a password first; only a wrong one is refused.
      if (passwordOf(request) !== '') happened({ what: 'refused' });
      response.setHeader('WWW-Authenticate', 'Basic realm="fluxdeck"');
      refuse(response, 401);
      return;
    }
    const isPush = wanted.step === 'pack' && wanted.service === 'receive-pack';
    const turn = (isPush && pushing.get(wanted.repository)) || Promise.resolve();
    const served = turn
      .then(() => serve(request, response, wanted, options))
      .catch(() => refuse(response, 500));
    if (isPush) pushing.set(wanted.repository, served);
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  wanted: GitRequest,
  { folder, onHappened, onPushed }: GitHostOptions,
): Promise<void> {
  const { repository, service, step } = wanted;
  const directory = path.join(folder, repository);
  const there = await access(path.join(directory, 'HEAD')).then(
    () => true,
    () => false,
  );
  if (!there) {
    refuse(response, 404);
    return;
  }
  const isPush = service === 'receive-pack';
  // What a person's own git fetches is no poll of Flux's.
  const tells = isPush || !(request.headers['user-agent'] ?? '').startsWith('git/');
  if (step === 'refs' && tells) onHappened({ what: 'refs', service }, repository);
  const before = isPush ? await refsOf(directory) : undefined;

  await new Promise<void>((resolve) => {
    const user = isPush ? { user: 'speaker' } : {};
    const ended = async (status: number, packed: boolean) => {
      try {
        if (step === 'refs' || !tells) return;
        if (!before) {
          if (status === 200 && packed) onHappened({ what: 'upload-pack' }, repository);
          return;
        }
        const { happening, push } = await judgePush(directory, repository, before);
        onHappened(happening, repository);
        if (push && request.headers[WEBHOOK_HEADER.toLowerCase()] !== 'off') onPushed?.(push);
      } finally {
        resolve();
      }
    };
    serveGit(request, response, { folder, path: wanted.path, query: wanted.query, ...user }, ended);
  });
}

/** A push whose refs are all as before was refused by Git itself: a history that has moved on. */
async function judgePush(
  directory: string,
  repository: string,
  before: ReadonlyMap<string, string>,
): Promise<{ happening: GitHappening; push?: Push }> {
  const after = await refsOf(directory);
  const changed = [...after].filter(([name, commit]) => before.get(name) !== commit);
  const gone = [...before.keys()].some((name) => !after.has(name));
  const [ref, commit] =
    changed.find(([name]) => name === `${BRANCH}main`) ??
    changed.find(([name]) => name.startsWith(BRANCH)) ??
    [];
  if (ref === undefined || commit === undefined) {
    return { happening: { what: changed.length > 0 || gone ? 'receive-pack' : 'refused' } };
  }
  const revision = revisionOf(ref.slice(BRANCH.length), commit);
  const described = await describeCommit(directory, commit);
  return {
    happening: { what: 'receive-pack', revision, ...described },
    push: { repository, ref, revision },
  };
}

/** A packet can reach a bridge's address from outside; who sent it is looked at too. */
function allowList(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  list.addSubnet('127.0.0.0', 8, 'ipv4');
  list.addAddress('::1', 'ipv6');
  for (const network of networks) {
    const [address = '', length = ''] = network.split('/');
    list.addSubnet(address, Number(length), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return (address) => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { Connection: 'close' }).end();
}
