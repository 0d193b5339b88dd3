import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type RawData, WebSocket } from 'ws';
import { type Served, serve } from '../helpers/serve.ts';
import { DECK } from './testbed.ts';

/** A talk that follows the bench's cluster: a process of its own, as a speaker starts it. */
export interface ClusterTalk extends Served {
  /** Milliseconds from the address to the moment at which the audience is told that it is live. */
  toLive: number;
}

/** What a process uses of the machine. */
export interface Use {
  /** Bytes, now and at most so far. */
  rss: number;
  peak: number;
  /** Milliseconds of a processor since its start. */
  cpu: number;
}

/** Of Linux's clock, in which the kernel tells what a process has used. */
const TICK = 10;

/** As it stands in an event, and in the first message. */
const LIVE = /"health":?[,{]"(type":"health",")?state":"live"/;

/** Resolves when it is live. */
export async function openClusterTalk(kubeconfig: string, state: string): Promise<ClusterTalk> {
  const served = await serve(DECK, {
    args: ['--kubeconfig', kubeconfig, '--pace', 'real'],
    state,
  });
  const begun = performance.now();
  await live(served.audience);
  return { ...served, toLive: performance.now() - begun };
}

/** Joins, as a page does. @returns the first message: all that there is to know */
export async function joinLate(audience: string): Promise<{ bytes: number; took: number }> {
  const begun = performance.now();
  const socket = open(audience);
  try {
    const [message]: unknown[] = await once(socket, 'message');
    const text = String(message);
    return { bytes: Buffer.byteLength(text), took: performance.now() - begun };
  } finally {
    socket.terminate();
  }
}

/** Linux tells. @throws where it is another system */
export async function useOf({ process: { pid } }: Served): Promise<Use> {
  const [status, stat] = await Promise.all(
    ['status', 'stat'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')),
  );
  const kilobytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status ?? '')?.[1]);
  // The name, in brackets, may have spaces in it.
  const fields = (stat ?? '').slice((stat ?? '').lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return {
    rss: kilobytes('VmRSS') * 1024,
    peak: kilobytes('VmHWM') * 1024,
    cpu: (user + system) * TICK,
  };
}

/** Looks for words only: what reads all that is told would take the time that is measured. */
async function live(audience: string): Promise<void> {
  const socket = open(audience);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.on('message', (message: RawData) => {
        if (Buffer.isBuffer(message) && LIVE.test(message.toString())) resolve();
      });
      socket.on('close', () => reject(new Error('the talk ended before it was live')));
      socket.on('error', reject);
    });
  } finally {
    socket.terminate();
  }
}

function open(audience: string): WebSocket {
  const { origin, host } = new URL(audience);
  return new WebSocket(`ws://${host}/live`, ['fluxdeck'], { headers: { Origin: origin } });
}
