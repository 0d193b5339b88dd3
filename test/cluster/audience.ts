import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import type { Flow, FlowEvent, Health, Resource } from '../../src/shared/flow.ts';
import { reduce } from '../../src/shared/reduce.ts';
import { decodeDown, type Show } from '../../src/shared/wire.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DECK = 'slides/flux-basics.md';

/** An event as the wire brought it. */
export interface Heard {
  /** Milliseconds since the epoch, when it reached this program. */
  at: number;
  /** Seconds since the talk's beginning, as told. */
  told: number;
  event: FlowEvent;
}

/** A talk that follows a cluster, given by a process of its own, and somebody who looks on. */
export interface Audience {
  heard: readonly Heard[];
  /** All that came over the wire, as text. */
  wire: readonly string[];
  /** All that the process said, on both streams. */
  said: () => string;
  flow: () => Flow;
  /** Whether the page shows the cluster or a recorded run. */
  feed: () => Show['feed'];
  health: () => Health;
  resource: (key: string) => Resource | undefined;
  /** Resolves as soon as what shows fits; @returns milliseconds since the epoch; @param limit seconds */
  shows: (what: string, fits: (flow: Flow) => boolean, limit?: number) => Promise<number>;
  /** The address that the audience has, with a slash at its end. */
  address: string;
  signal: (signal: NodeJS.Signals) => void;
  stop: () => Promise<void>;
}

export interface Surroundings {
  /** Where the program remembers talks. */
  state: string;
  /** Modules that are loaded before the program. */
  before?: readonly string[];
  env?: NodeJS.ProcessEnv;
}

/** `fluxdeck start` with these arguments; resolves when the audience has all that there is to see. */
export async function present(
  args: readonly string[],
  { state, before = [], env = {} }: Surroundings,
): Promise<Audience> {
  const child = spawn(
    process.execPath,
    [
      ...before.flatMap((module) => ['--import', module]),
      'server/cli.ts',
      'start',
      DECK,
      '--no-open',
      '--json',
      '--port=0',
      ...args,
    ],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, XDG_STATE_HOME: state, ...env },
    },
  );
  const words: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => words.push(text));
  }
  const said = () => words.join('');
  // Whoever forgets to stop it does not leave it behind.
  const abandon = () => void child.kill('SIGKILL');
  process.once('exit', abandon);
  const exited = once(child, 'exit');
  const lost = exited.then(() => {
    throw new Error(`The talk has ended: ${said()}`);
  });
  lost.catch(() => undefined);

  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), lost]);
  const addresses: { audience: string } = JSON.parse(String(line));
  const view = await lookOn(addresses.audience);
  return {
    ...view,
    said,
    address: addresses.audience,
    signal: (signal) => void child.kill(signal),
    async stop() {
      process.off('exit', abandon);
      view.leave();
      child.kill('SIGTERM');
      await exited;
    },
  };
}

export type View = Omit<Audience, 'said' | 'address' | 'signal' | 'stop'> & { leave: () => void };

/** A page's end of the socket; resolves when it knows where it is. */
export async function lookOn(address: string): Promise<View> {
  const { origin, host } = new URL(address);
  const socket = new WebSocket(`ws://${host}/live`, ['fluxdeck'], { headers: { Origin: origin } });
  const heard: Heard[] = [];
  const wire: string[] = [];
  const waiting = new Set<() => void>();
  let flow: Flow | undefined;
  let feed: Show['feed'] = 'live';
  socket.on('message', (bytes) => {
    const text = Buffer.isBuffer(bytes) ? bytes.toString() : '';
    wire.push(text);
    take(decodeDown(text));
    for (const look of waiting) look();
  });
  await once(socket, 'open');
  const now = () => {
    if (!flow) throw new Error('Nothing has been told yet');
    return flow;
  };
  const view: View = {
    heard,
    wire,
    flow: now,
    feed: () => feed,
    health: () => now().health,
    resource: (key) => now().resources.get(key),
    shows(what, fits, limit = 30) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          const { state, text } = now().health;
          reject(new Error(`Within ${limit} s it did not show ${what}, but was ${state}: ${text}`));
        }, limit * 1000);
        const look = () => {
          if (!flow || !fits(flow)) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(Date.now());
        };
        waiting.add(look);
        look();
      });
    },
    leave: () => socket.terminate(),
  };
  await view.shows('anything', () => true);
  return view;

  function take(message: ReturnType<typeof decodeDown>): void {
    if (message?.type === 'reset') ({ flow } = message);
    if (message?.type === 'reset' || message?.type === 'show') ({ feed } = message.show);
    if (message?.type !== 'frame') return;
    for (const { at: told, events } of message.batches) {
      for (const event of events) {
        heard.push({ at: Date.now(), told, event });
        if (flow) flow = reduce(flow, event, told);
      }
    }
  }
}
