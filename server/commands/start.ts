import { createServer } from 'node:http';
import path from 'node:path';
import type { Seconds } from '../../src/shared/flow.ts';
import type { Pace } from '../../src/shared/pace.ts';
import { decodeUp } from '../../src/shared/wire.ts';
import { bringApp } from '../app.ts';
import { RECORDINGS } from '../cache.ts';
import { type Edition, makeEdition } from '../deck/edition.ts';
import { watchFile } from '../deck/watch.ts';
import { listen } from '../http/listen.ts';
import { createSite } from '../http/site.ts';
import { type Client, openSocket } from '../http/socket.ts';
import { isToken, keepTalk, openTalk, talkId } from '../http/talk.ts';
import { createHub, type Hub } from '../hub.ts';
import type { Io } from '../io.ts';
import { Mistake } from '../mistake.ts';
import { openDeck } from './open.ts';
import { tellProblem, tellSize } from './tell.ts';

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

/** Presents a talk until it is interrupted: one process, one port, this machine only. */
export async function start(name: string, options: StartOptions, io: Io): Promise<void> {
  const [app, opened] = await Promise.all([bringApp(io.err), openDeck(name)]);
  const deck = opened.file.path;
  const known = await openTalk(deck);
  const settings = settingsOf(options);
  let edition: Edition = makeEdition(app, opened.compiled, settings);

  const hub = await openHub(options);
  const server = createServer(
    createSite({
      served: () => edition,
      app: app.directory,
      recordings: RECORDINGS,
      deck: path.dirname(deck),
      identity: { fluxdeck: '1', deck: talkId(deck) },
    }),
  );
  const closeSocket = openSocket(
    server,
    (token) => isToken(known, token),
    (client) => join(hub, client),
  );

  const wanted = options.port ?? known.port ?? DEFAULT_PORT;
  const strict = options.port !== undefined;
  const listening = await listen(server, { port: wanted, strict, deck: talkId(deck) });
  const address = `http://127.0.0.1:${listening.port}/`;
  const presenter = `${address}?present=${known.token}`;
  if ('occupant' in listening) {
    closeSocket();
    hub.stop();
    io.out(
      options.json
        ? JSON.stringify({ audience: address, presenter })
        : `This talk is open already: ${presenter}`,
    );
    if (options.open && io.display) await openBrowser(presenter);
    return;
  }
  await keepTalk(deck, { ...known, ...(strict ? {} : { port: listening.port }) });

  const edited = async () => {
    try {
      const { compiled } = await openDeck(name);
      edition = makeEdition(app, compiled, settings);
      for (const problem of compiled.problems) io.err(tellProblem(problem));
      if (options.dev) {
        hub.editDeck({ style: `./app/${edition.style.name}`, sections: compiled.sections });
      } else io.err('The deck has changed: a reload of the page shows it.');
    } catch (error) {
      // An editor may have the file half written; whatever is wrong, the last good deck stays.
      io.err(
        error instanceof Mistake ? error.message : `This edit can't be shown: ${String(error)}`,
      );
    }
  };
  const stopWatching = watchFile(deck, edited);
  // From here on Ctrl+C is ours; who reads the address may be quick.
  const interruption = interrupted();

  for (const problem of opened.compiled.problems) io.err(tellProblem(problem));
  if (options.json) io.out(JSON.stringify({ audience: address, presenter }));
  else {
    io.out(`${opened.compiled.deck.title}: ${tellSize(opened.compiled)}`);
    io.out(`  present   ${presenter}`);
    io.out(`  look on   ${address}`);
    io.out('Ctrl+C ends it.');
  }
  if (options.open && io.display) await openBrowser(presenter);

  await interruption;
  stopWatching();
  hub.stop();
  closeSocket();
  server.close();
  server.closeAllConnections();
}

function settingsOf({ from, pace }: StartOptions): Record<string, string> {
  return from === undefined
    ? { feed: 'recorded', recording: './recordings/webinar.jsonl', socket: 'true', pace }
    : { feed: 'live', socket: 'true', pace };
}

async function openHub({ from }: StartOptions): Promise<Hub> {
  const begun = Date.now();
  const clock = () => (Date.now() - begun) / 1000;
  const schedule = (after: Seconds, run: () => void) => {
    const timer = setTimeout(run, after * 1000);
    timer.unref();
    return () => clearTimeout(timer);
  };
  const hub = createHub({
    started: new Date(begun).toISOString(),
    clock,
    schedule,
    health: { state: 'recorded', text: 'Recorded' },
  });
  if (from !== undefined) {
    const { playCapture } = await import('./play.ts');
    await playCapture(from, hub, { clock, schedule });
  }
  return hub;
}

/** Everybody hears; only the presenter is heard. */
function join(hub: Hub, client: Client): void {
  const leave = hub.subscribe(client);
  client.onClose(leave);
  client.onMessage((text) => {
    const message = client.presenter ? decodeUp(text) : undefined;
    if (message?.type === 'scene') hub.playScene(message.name);
  });
}

async function openBrowser(address: string): Promise<void> {
  const { default: open } = await import('open');
  // No browser is no reason not to present: the address stands in the terminal.
  await open(address).catch(() => undefined);
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    // A terminal and a starting process may both pass the same one on.
    process.on('SIGINT', resolve);
    process.on('SIGTERM', resolve);
  });
}
