import { createServer } from 'node:http';
import path from 'node:path';
import type { Pace } from '../../src/shared/pace.ts';
import { type App, bringApp } from '../app.ts';
import { RECORDING, RECORDINGS } from '../cache.ts';
import type { Compiled } from '../deck/compile.ts';
import { type Edition, makeEdition } from '../deck/edition.ts';
import { watchFile } from '../deck/watch.ts';
import { listen } from '../http/listen.ts';
import { createSite } from '../http/site.ts';
import { openSocket } from '../http/socket.ts';
import { isToken, keepTalk, openTalk, talkId } from '../http/talk.ts';
import type { Hub } from '../hub.ts';
import type { Io } from '../io.ts';
import { Mistake } from '../mistake.ts';
import { join, openHub } from './hub.ts';
import { openDeck } from './open.ts';
import { tellProblem, tellSize, worthTelling } from './tell.ts';

export interface StartOptions {
  port?: number;
  dev?: boolean;
  /** A capture that stands in for a cluster. */
  from?: string;
  pace: Pace;
  open: boolean;
  json?: boolean;
}

const DEFAULT_PORT = 4321;

/** Where a talk is open, and to whom. */
interface Addresses {
  audience: string;
  /** With the token: who has it may play scenes. */
  presenter: string;
}

/** Presents a talk until it is interrupted: one process, one port, this machine only. */
export async function start(name: string, options: StartOptions, io: Io): Promise<void> {
  const [app, { file, compiled }] = await Promise.all([bringApp(io.err), openDeck(name)]);
  const talk = await openTalk(file.path);
  const hub = await openHub(options.from);
  const shown = { edition: editionOf(app, compiled, options) };

  const server = createServer(
    createSite({
      served: () => shown.edition,
      app: app.directory,
      recordings: RECORDINGS,
      deck: path.dirname(file.path),
      identity: { fluxdeck: '1', deck: talkId(file.path) },
    }),
  );
  const closeSocket = openSocket(
    server,
    (token) => isToken(talk, token),
    (client) => join(hub, client),
  );
  const close = () => {
    hub.stop();
    closeSocket();
    server.close();
    server.closeAllConnections();
  };

  const strict = options.port !== undefined;
  const port = options.port ?? talk.port ?? DEFAULT_PORT;
  const listening = await listen(server, { port, strict, deck: talkId(file.path) });
  const audience = `http://127.0.0.1:${listening.port}/`;
  const addresses = { audience, presenter: `${audience}?present=${talk.token}` };
  if ('occupant' in listening) {
    close();
    tellAddresses(addresses, `This talk is open already: ${addresses.presenter}`, options, io);
    await openBrowser(addresses, options, io);
    return;
  }
  await keepTalk(file.path, { ...talk, ...(strict ? {} : { port: listening.port }) });

  // From here on Ctrl+C is ours; who reads the address may be quick.
  const interruption = interrupted();
  const stopWatching = watchFile(
    file.path,
    async () => {
      shown.edition = (await takeUpEdit(name, app, options, hub, io)) ?? shown.edition;
    },
    () => io.err(`This system can't watch ${name}: edits need a new start.`),
  );
  for (const problem of worthTelling(compiled.problems)) io.err(tellProblem(problem));
  tellAddresses(addresses, invitation(compiled, addresses), options, io);
  await openBrowser(addresses, options, io);

  await interruption;
  stopWatching();
  close();
}

/** Undefined when the edit can't be shown: then the last good deck stays. */
async function takeUpEdit(
  name: string,
  app: App,
  options: StartOptions,
  hub: Hub,
  io: Io,
): Promise<Edition | undefined> {
  try {
    const { compiled } = await openDeck(name);
    const edition = editionOf(app, compiled, options);
    for (const problem of worthTelling(compiled.problems)) io.err(tellProblem(problem));
    if (options.dev) {
      hub.editDeck({ style: `./app/${edition.style.name}`, sections: compiled.sections });
    } else io.err('The deck has changed: a reload of the page shows it.');
    return edition;
  } catch (error) {
    // An editor may have the file half written.
    io.err(error instanceof Mistake ? error.message : `This edit can't be shown: ${String(error)}`);
    return undefined;
  }
}

function editionOf(app: App, compiled: Compiled, options: StartOptions): Edition {
  return makeEdition(app, compiled, settingsOf(options));
}

function settingsOf({ from, pace }: StartOptions): Record<string, string> {
  return from === undefined
    ? { feed: 'recorded', recording: `./recordings/${RECORDING}`, socket: 'true', pace }
    : { feed: 'live', socket: 'true', pace };
}

function invitation(compiled: Compiled, { presenter, audience }: Addresses): string {
  return [
    `${compiled.deck.title}: ${tellSize(compiled)}`,
    `  present   ${presenter}`,
    `  look on   ${audience}`,
    'Ctrl+C ends it.',
  ].join('\n');
}

function tellAddresses(addresses: Addresses, words: string, { json }: StartOptions, io: Io): void {
  io.out(json ? JSON.stringify(addresses) : words);
}

async function openBrowser({ presenter }: Addresses, options: StartOptions, io: Io): Promise<void> {
  if (!options.open || !io.display) return;
  const { default: open } = await import('open');
  // No browser is no reason not to present: the address stands in the terminal.
  await open(presenter).catch(() => undefined);
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    // A terminal and a starting process may both pass the same one on.
    process.on('SIGINT', resolve);
    process.on('SIGTERM', resolve);
  });
}
