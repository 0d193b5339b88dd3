import { createLive, type LiveFeed, type Socket } from '../../src/feed/live.ts';
import type { FlowEvent } from '../../src/shared/flow.ts';
import { type Down, encode, type Reset } from '../../src/shared/wire.ts';
import { nothing, STARTED } from './feeds.ts';
import { type FakeTime, fakeTime } from './time.ts';

/** A page with a live feed, and the server that it talks to, played by the test. */
export interface Stage {
  time: FakeTime;
  feed: LiveFeed;
  /** Every socket that the feed opened, the newest last. */
  sockets: FakeSocket[];
  /** What the page was told, in order and in short. */
  told: string[];
  wake: () => void;
}

export interface FakeSocket extends Socket {
  closed: boolean;
  sent: string[];
}

export interface StageOptions {
  /** From 0 to 1: where in its bound each wait is. */
  random?: number;
  /** The network refuses to open a socket at all. */
  refuse?: () => boolean;
}

export function aStage({ random = 1, refuse = () => false }: StageOptions = {}): Stage {
  const time = fakeTime();
  const sockets: FakeSocket[] = [];
  const told: string[] = [];
  let wake = () => {};
  const feed = createLive({
    ...time,
    random: () => random,
    onWake: (run) => {
      wake = run;
      return () => {
        wake = () => {};
      };
    },
    open: () => {
      if (refuse()) throw new Error('refused');
      const socket = fakeSocket();
      sockets.push(socket);
      return socket;
    },
    listener: {
      reset: ({ seq }) => void told.push(`reset ${seq}`),
      events: (at, events) => void told.push(`${at} ${events.map(shortly).join()}`),
      scene: ({ name, began }) => void told.push(`scene ${name} ${began}`),
      show: ({ feed }) => void told.push(`show ${feed}`),
      told: (text) => void told.push(`told ${text}`),
      deck: (payload) => void told.push(`deck ${JSON.stringify(payload)}`),
      offer: ({ text }) => void told.push(`offer ${text}`),
      remarks: (remarks) => void told.push(`remarks ${remarks.length}`),
    },
  });
  return { time, feed, sockets, told, wake: () => wake() };
}

/** The server says something on this socket. */
export function say(socket: Socket | undefined, message: Down): void {
  socket?.onmessage?.({ data: encode(message) });
}

export function reset(seq = 0, now = 0): Reset {
  return {
    type: 'reset',
    flow: nothing,
    seq,
    started: STARTED,
    now,
    show: { feed: 'live' },
    played: [],
  };
}

export function frame(...seqs: number[]): Down {
  const events: FlowEvent[] = [{ type: 'marker', name: 'push' }];
  return { type: 'frame', batches: seqs.map((seq) => ({ seq, at: seq, events })) };
}

function fakeSocket(): FakeSocket {
  const socket: FakeSocket = {
    closed: false,
    sent: [],
    send: (text) => void socket.sent.push(text),
    close: () => {
      socket.closed = true;
    },
    onmessage: null,
    onclose: null,
    onerror: null,
  };
  return socket;
}

function shortly(event: FlowEvent): string {
  return event.type === 'health' ? event.state : event.type;
}
