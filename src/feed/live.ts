import type { FlowEvent, Seconds } from '../shared/flow.ts';
import {
  type Batch,
  decodeDown,
  encode,
  type Offer,
  type Played,
  type Remark,
  type Reset,
  type RunningScene,
  type Show,
  type Up,
} from '../shared/wire.ts';
import { backoff } from './backoff.ts';

/** As much of a WebSocket as is needed here. */
export interface Socket {
  send: (text: string) => void;
  close: () => void;
  onmessage: ((message: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  onerror: (() => void) | null;
}

/** What a feed tells. A reset comes first, and replaces all that was before it. */
export interface Listener {
  reset: (reset: Reset) => void;
  events: (at: Seconds, events: FlowEvent[]) => void;
  scene: (scene: RunningScene) => void;
  /** All pages show something else from now on, or scenes may run again. */
  show: (show: Show, played: readonly Played[]) => void;
  /** Why what was asked for is not done. */
  told: (text: string) => void;
  deck: (payload: unknown) => void;
  /** To a presenter: an edit waits to be taken, can't be, or waits no more. */
  offer: (offer: Offer) => void;
  /** While the deck is being written: all that is wrong with it. */
  remarks: (remarks: readonly Remark[]) => void;
}

export interface LiveOptions {
  /** Opens a new socket to the server. */
  open: () => Socket;
  /** A clock that only goes forward; where it began does not matter. */
  clock: () => Seconds;
  /** Runs something once, after so many seconds, unless cancelled by what it returns. */
  schedule: (after: Seconds, run: () => void) => () => void;
  /** From 0 up to 1. */
  random: () => number;
  /** Calls back when the tab is seen again or the network is back; returns how to stop it. */
  onWake: (wake: () => void) => () => void;
  listener: Listener;
}

export interface LiveFeed {
  /** Seconds since the feed's `started`, by the server's clock; undefined before the first reset. */
  now: () => Seconds | undefined;
  /** False when there is nobody to take it: what a press does is done at once or not at all. */
  send: (message: Up) => boolean;
  /** Whether the server has spoken lately. */
  isConnected: () => boolean;
  stop: () => void;
}

/** No word for this long, and what is shown is stale. The server says something every 2 s. */
const SILENCE: Seconds = 4.5;
/** A socket that spoke within this is trusted when the tab wakes up. */
const FRESH: Seconds = 2.5;

/** Live events, over one socket after another. */
export function createLive(options: LiveOptions): LiveFeed {
  const { clock, schedule, listener } = options;
  let socket: Socket | undefined;
  let heard = clock();
  /** Ours behind the server's. */
  let offset: Seconds | undefined;
  /** The last batch applied; undefined until this socket's reset. */
  let seq: number | undefined;
  let failures = 0;
  let cancelRetry = () => {};
  let cancelGiveUp = () => {};
  let cancelSilence = schedule(SILENCE, fallSilent);
  const stopWaking = options.onWake(wake);
  connect();

  return {
    now,
    send: (message) => {
      if (!socket || seq === undefined) return false;
      socket.send(encode(message));
      return true;
    },
    isConnected: () => seq !== undefined && clock() - heard < SILENCE,
    stop: () => {
      orphan();
      cancelRetry();
      cancelSilence();
      stopWaking();
    },
  };

  function now(): Seconds | undefined {
    return offset === undefined ? undefined : clock() + offset;
  }

  function connect(): void {
    orphan();
    cancelRetry();
    cancelGiveUp = schedule(SILENCE, retry);
    const opened = attempt(options.open);
    if (!opened) {
      retry();
      return;
    }
    socket = opened;
    opened.onmessage = ({ data }) => hear(data);
    opened.onclose = retry;
    opened.onerror = retry;
  }

  function retry(): void {
    orphan();
    cancelRetry();
    cancelRetry = schedule(backoff(failures, options.random()), connect);
    failures += 1;
  }

  /** A socket given up is never heard again, whatever still comes from it. */
  function orphan(): void {
    cancelGiveUp();
    seq = undefined;
    const old = socket;
    socket = undefined;
    if (!old) return;
    old.onmessage = null;
    old.onclose = null;
    old.onerror = null;
    attempt(() => old.close());
  }

  function wake(): void {
    if (seq !== undefined && clock() - heard < FRESH) return;
    failures = 0;
    connect();
  }

  function hear(data: unknown): void {
    const message = decodeDown(data);
    if (!message || (message.type !== 'reset' && seq === undefined)) return;
    trust();
    switch (message.type) {
      case 'reset':
        seq = message.seq;
        offset = message.now - clock();
        listener.reset(message);
        break;
      case 'frame':
        message.batches.forEach(apply);
        break;
      case 'alive':
        keepUp(message.now);
        failures = 0;
        break;
      case 'scene': {
        const { type: _, now: told, ...scene } = message;
        keepUp(told);
        listener.scene(scene);
        break;
      }
      case 'show':
        keepUp(message.now);
        listener.show(message.show, message.played);
        break;
      case 'told':
        listener.told(message.text);
        break;
      case 'deck':
        listener.deck(message.payload);
        break;
      case 'offer':
        listener.offer({ text: message.text, ready: message.ready });
        break;
      case 'remarks':
        listener.remarks(message.remarks);
        break;
      default:
        message satisfies never;
    }
  }

  function apply(batch: Batch): void {
    if (seq === undefined) return;
    if (batch.seq === seq + 1) {
      seq = batch.seq;
      listener.events(batch.at, batch.events);
    } else {
      retry();
    }
  }

  /** The server spoke: for a while what is shown is not stale, and the socket is good. */
  function trust(): void {
    heard = clock();
    cancelGiveUp();
    cancelSilence();
    cancelSilence = schedule(SILENCE, fallSilent);
  }

  /**
   * The socket goes first: on a busy machine its next word may wait right behind this, and would
   * make it good again while what shows stays stale.
   */
  function fallSilent(): void {
    if (seq !== undefined) retry();
    const text = 'Connection lost';
    listener.events(now() ?? 0, [{ type: 'health', state: 'stale', text }]);
  }

  /** What comes late tells too little; so the clock is put forward, never back. */
  function keepUp(told: Seconds): void {
    offset = Math.max(offset ?? told - clock(), told - clock());
  }
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
