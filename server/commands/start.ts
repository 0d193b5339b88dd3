import { createServer } from 'node:http';
import path from 'node:path';
import type { Pace } from '../../src/shared/pace.ts';
import { bringApp } from '../app.ts';
import { RECORDINGS } from '../cache.ts';
import type { Compiled } from '../deck/compile.ts';
import { keepHeapSmall } from '../heap.ts';
import { DEFAULT_PORT, listen } from '../http/listen.ts';
import { createSite } from '../http/site.ts';
import { openSocket } from '../http/socket.ts';
import { keepTalk, openTalk, talkId } from '../http/talk.ts';
import type { Io } from '../io.ts';
import { createShow } from '../show.ts';
import { isToken } from '../token.ts';
import { openEdits } from './edits.ts';
import { type FeedOptions, openFeed } from './feed.ts';
import { beginTime, join } from './hub.ts';
import { openDeck, warmUp } from './open.ts';
import { keptLengths } from './recorded.ts';
import { tellProblem, tellSize, worthTelling } from './tell.ts';
import { versionOf } from './version.ts';

export interface StartOptions extends FeedOptions {
  port?: number;
  /** In place of the deck's own: a name, or a CSS file. */
  theme?: string;
  dev?: boolean;
  pace: Pace;
  /** By itself to a recorded run when the cluster is lost, and back. */
  fallback?: 'key' | 'auto';
  open: boolean;
  json?: boolean;
}

/** Where a talk is open, and to whom. */
interface Addresses {
  audience: string;
  /** With the token: who has it may play scenes. */
  presenter: string;
}

/** Presents a talk until it is interrupted: one process, one port, this machine only. */
export async function start(name: string, options: StartOptions, io: Io): Promise<void> {
  keepHeapSmall();
  const [app, opened] = await Promise.all([
    bringApp(io.err),
    openDeck(name, keptLengths, options.theme),
  ]);
  const { file, compiled } = opened;
  const talk = await openTalk(file.path);
  const time = beginTime();
  const feed = await openFeed(options, compiled, time, io);
  const { hub } = feed;
  const show = createShow({ ...time, ...feed.stage, hub, auto: options.fallback === 'auto' });
  const settings = {
    ...feed.settings,
    socket: 'true',
    pace: options.pace,
    deck: talkId(file.path),
    ...(options.dev === true && { dev: 'true' }),
  };
  const edits = openEdits({
    first: await versionOf(opened, app, settings),
    open: async () => versionOf(await openDeck(name, keptLengths, options.theme), app, settings),
    dev: options.dev === true,
    hub,
    io,
  });

  const server = createServer(
    createSite({
      served: edits.shown,
      app: app.directory,
      recordings: RECORDINGS,
      ...(feed.run && { run: feed.run }),
      ...(feed.preview && { preview: feed.preview }),
      deck: path.dirname(file.path),
      identity: { fluxdeck: '1', deck: talkId(file.path) },
    }),
  );
  const closeSocket = openSocket(
    server,
    (given) => isToken(given, talk.token),
    (client) => join(hub, show, edits, client),
  );
  const close = () => {
    edits.stop();
    show.stop();
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
    tellAddresses(addresses, openAlready(addresses), options, io);
    await openBrowser(addresses, options, io);
    return;
  }
  await keepTalk(file.path, {
    ...talk,
    ...(strict ? {} : { port: listening.port }),
    openAt: listening.port,
  });

  // From here on Ctrl+C is ours; who reads the address may be quick.
  const interruption = interrupted();
  for (const problem of worthTelling(compiled.problems)) io.err(tellProblem(problem));
  tellAddresses(addresses, invitation(compiled, addresses, feed.words), options, io);
  if (options.dev) void warmUp();
  await openBrowser(addresses, options, io);
  try {
    await feed.begin();
    await interruption;
  } finally {
    close();
    await feed.end();
  }
}

/** What was asked for this time is not what it was begun with. */
function openAlready({ presenter, audience }: Addresses): string {
  return [
    `This talk is open already: ${presenter}`,
    `  look on   ${audience}`,
    'It goes on as it was begun. End that one first to begin it otherwise.',
  ].join('\n');
}

function invitation(compiled: Compiled, { presenter, audience }: Addresses, feed: string): string {
  return [
    `${compiled.deck.title}: ${tellSize(compiled)}`,
    `  present   ${presenter}`,
    `  look on   ${audience}`,
    `  shows     ${feed}`,
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
