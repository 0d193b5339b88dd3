import type { Flow, FlowEvent, Health, Seconds } from '../src/shared/flow.ts';
import { empty, reduceAll } from '../src/shared/reduce.ts';
import {
  type Batch,
  type Down,
  encode,
  type Played,
  type RunningScene,
  type Show,
} from '../src/shared/wire.ts';

/** Who listens: a socket's two ends that matter here. Both may throw. */
export interface Subscriber {
  send: (text: string) => void;
  /** Bytes sent and not yet taken by the network. */
  buffered: () => number;
}

export interface HubOptions {
  /** ISO date; every time counts from here. */
  started: string;
  /** Seconds since `started`. */
  clock: () => Seconds;
  /** Runs something once, after so many seconds, unless cancelled by what it returns. */
  schedule: (after: Seconds, run: () => void) => () => void;
  health: Health;
  show: Show;
}

/** Knows what is true now and tells all who listen, in the same order, without gaps. */
export interface Hub {
  flow: () => Flow;
  publish: (at: Seconds, events: FlowEvent[]) => void;
  /** A scene has begun or ended; who joins later is told of it too. */
  tellScene: (scene: RunningScene) => void;
  /** From now on all pages show this; no scene is under way in it. */
  show: (show: Show) => void;
  showing: () => Show;
  scene: () => RunningScene | undefined;
  /** What has run so far in what shows now. */
  played: () => readonly Played[];
  /** The demo is as new: each scene may run again. */
  forgetScenes: () => void;
  /** An edit of the deck, opaque here. */
  editDeck: (payload: unknown) => void;
  /** Who runs in this process hears what happens as it is published. Returns how to stop. */
  listen: (hear: (at: Seconds, events: readonly FlowEvent[]) => void) => () => void;
  /** The first thing a subscriber hears is a reset. Returns how to leave. */
  subscribe: (subscriber: Subscriber) => () => void;
  stop: () => void;
}

const FRAME: Seconds = 0.016;
const ALIVE: Seconds = 2;
/**
 * Who has more than this to take yet, the last reset not counted, hears nothing until all of it is
 * taken; then one reset.
 */
const LAG = 1_000_000;

export function createHub({ started, clock, schedule, health, ...options }: HubOptions): Hub {
  const subscribers = new Map<Subscriber, { lagging: boolean; most: number }>();
  const listeners = new Set<Parameters<Hub['listen']>[0]>();
  let flow = empty(health);
  /** Published, but not reduced before somebody asks: a list of thousands costs little more than one. */
  let pending: { event: FlowEvent; at: Seconds }[] = [];
  let seq = 0;
  let batches: Batch[] = [];
  let scene: RunningScene | undefined;
  let shown = options.show;
  /** What was played from a recording has not been done in the cluster. */
  let played: Readonly<Record<Show['feed'], readonly Played[]>> = { live: [], recorded: [] };
  let cancelFrame: (() => void) | undefined;
  let cancelAlive = schedule(ALIVE, alive);

  return {
    flow: settled,
    publish: (at, events) => {
      if (events.length === 0) return;
      for (const event of events) pending.push({ event, at });
      seq += 1;
      batches.push({ seq, at, events });
      if (!cancelFrame) frame();
      for (const hear of listeners) hear(at, events);
    },
    tellScene: (running) => {
      scene = running;
      const { name, slide, ended } = running;
      const known = played[shown.feed];
      const isKnown = known.some((one) => one.name === name && one.slide === slide);
      if (ended === undefined && !isKnown) {
        const one = { name, ...(slide !== undefined && { slide }) };
        played = { ...played, [shown.feed]: [...known, one] };
      }
      tell({ type: 'scene', now: clock(), ...running });
    },
    show: (next) => {
      shown = next;
      scene = undefined;
      tellShow();
    },
    showing: () => shown,
    scene: () => scene,
    played: () => played[shown.feed],
    forgetScenes: () => {
      played = { live: [], recorded: [] };
      tellShow();
    },
    editDeck: (payload) => tell({ type: 'deck', payload }),
    listen: (hear) => {
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
    subscribe: (subscriber) => {
      flush();
      const session = { lagging: false, most: LAG };
      subscribers.set(subscriber, session);
      begin(subscriber, session);
      return () => void subscribers.delete(subscriber);
    },
    stop: () => {
      cancelFrame?.();
      cancelAlive();
      subscribers.clear();
      listeners.clear();
    },
  };

  /** The first batch goes at once; what comes within a frame of it goes together, at its end. */
  function frame(): void {
    cancelFrame = undefined;
    if (batches.length === 0) return;
    // Before it is sent: who publishes on hearing it only fills the next frame.
    cancelFrame = schedule(FRAME, frame);
    flush();
  }

  function alive(): void {
    tell({ type: 'alive', now: clock() });
    cancelAlive = schedule(ALIVE, alive);
  }

  function tellShow(): void {
    tell({ type: 'show', now: clock(), show: shown, played: [...played.live] });
  }

  function tell(message: Down): void {
    flush();
    broadcast(message);
  }

  function settled(): Flow {
    if (pending.length === 0) return flow;
    flow = reduceAll(flow, pending);
    pending = [];
    return flow;
  }

  function flush(): void {
    settled();
    if (batches.length === 0) return;
    const message: Down = { type: 'frame', batches };
    batches = [];
    broadcast(message);
  }

  function broadcast(message: Down): void {
    const text = encode(message);
    for (const [subscriber, session] of subscribers) {
      attempt(subscriber, () => {
        if (subscriber.buffered() > (session.lagging ? 0 : session.most)) {
          session.lagging = true;
        } else if (session.lagging) {
          session.lagging = false;
          begin(subscriber, session);
        } else {
          subscriber.send(text);
        }
      });
    }
  }

  function begin(subscriber: Subscriber, session: { most: number }): void {
    const message: Down = {
      type: 'reset',
      flow: settled(),
      seq,
      started,
      now: clock(),
      show: shown,
      ...(scene && { scene }),
      played: [...played.live],
    };
    const text = encode(message);
    // A reset alone may be more than that: it must not be the reason for another one.
    session.most = LAG + Buffer.byteLength(text);
    attempt(subscriber, () => subscriber.send(text));
  }

  /** Who throws has left; the others go on. */
  function attempt(subscriber: Subscriber, run: () => void): void {
    try {
      run();
    } catch {
      subscribers.delete(subscriber);
    }
  }
}
