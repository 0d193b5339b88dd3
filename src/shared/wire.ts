import { flowEvent } from './event.ts';
import type { Flow, FlowEvent, Seconds } from './flow.ts';
import {
  flag,
  fromJson,
  list,
  number,
  object,
  oneOf,
  optional,
  ordinal,
  text,
  union,
} from './shape.ts';
import { fromSnapshot, snapshot, toSnapshot } from './snapshot.ts';

/** What happened at one moment. `seq` counts from the hub's start, by one and without a gap. */
export interface Batch {
  seq: number;
  at: Seconds;
  events: FlowEvent[];
}

/** A scene on stage, with its times by the feed's clock. */
export interface RunningScene {
  name: string;
  began: Seconds;
  /** Of a scene that is done in a cluster: when it had ended. */
  ended?: Seconds;
  /** The id of the slide that asked for it. */
  slide?: string;
}

/**
 * What every page shows: the server's own events, or scenes of a recording that each plays itself.
 * Some scenes may come from runs of their own. Recordings are named by their addresses.
 */
export type Show =
  | { feed: 'live' }
  | { feed: 'recorded'; recording: string; runs?: { scene: string; recording: string }[] };

/** All that a page needs to begin, or to begin again: the flow after the batch `seq`. */
export interface Reset {
  type: 'reset';
  flow: Flow;
  seq: number;
  /** ISO date; every time counts from here. */
  started: string;
  now: Seconds;
  show: Show;
  /** The last scene of this show. */
  scene?: RunningScene;
  /** What has run in the cluster so far: each slide's scene does once per talk. */
  played: Played[];
}

/** A scene that has run, and the id of the slide that asked for it. */
export interface Played {
  name: string;
  slide?: string;
}

/** What is wrong with a deck that is being written, as its author is told on the slide. */
export interface Remark {
  /** The id of the slide; without, it concerns the deck. */
  slide?: string;
  severity: 'error' | 'warning';
  /** `talk.md:12:3` */
  place: string;
  message: string;
  cure: string;
}

/** An edit that has not been taken up: for presenters only. */
export interface Offer {
  /** What it changes, or why it can't be taken; empty when there is none. */
  text: string;
  ready: boolean;
}

/** From the hub to the pages. */
export type Down =
  | Reset
  | { type: 'frame'; batches: Batch[] }
  | { type: 'alive'; now: Seconds }
  | ({ type: 'scene'; now: Seconds } & RunningScene)
  | { type: 'show'; now: Seconds; show: Show; played: Played[] }
  /** To a presenter only: why what was asked for is not done. */
  | { type: 'told'; text: string }
  | { type: 'deck'; payload: unknown }
  | ({ type: 'offer' } & Offer)
  /** While the deck is being written: all that is wrong with it now. */
  | { type: 'remarks'; remarks: Remark[] };

/** From the presenter to the server. */
export type Up =
  /** By its step a scene runs once; by the key again, when its cluster allows it. */
  | { type: 'scene'; name: string; slide?: string; by?: 'step' | 'key' }
  /** From live to a recorded run, or back. */
  | { type: 'show'; feed: Show['feed'] }
  | { type: 'position'; slide: number; step: number }
  /** The edit that is offered shows from now on. */
  | { type: 'take' };

/** A message as text: JSON, with the flow's maps as arrays. */
export function encode(message: Down | Up): string {
  return JSON.stringify(
    message.type === 'reset' ? { ...message, flow: toSnapshot(message.flow) } : message,
  );
}

/** A message to a page; undefined for what is none, or one of a kind not known here. */
export function decodeDown(message: unknown): Down | undefined {
  return fromJson(down, message);
}

/** A message to the server; undefined for what is none, or one of a kind not known here. */
export function decodeUp(message: unknown): Up | undefined {
  return fromJson(up, message);
}

const batch = object<Batch>({ seq: ordinal, at: number, events: list(flowEvent) });
const running = { name: text, began: number, ended: optional(number), slide: optional(text) };
const played = list(object<Played>({ name: text, slide: optional(text) }));
const feedName = oneOf<Show['feed']>('live', 'recorded');

const liveShow = object<Extract<Show, { feed: 'live' }>>({ feed: oneOf('live') });
const recordedShow = object<Extract<Show, { feed: 'recorded' }>>({
  feed: oneOf('recorded'),
  recording: text,
  runs: optional(
    list(object<{ scene: string; recording: string }>({ scene: text, recording: text })),
  ),
});

/** Both kinds have `feed`, so it is told apart by that and not by a type. */
function show(value: unknown): Show | undefined {
  return liveShow(value) ?? recordedShow(value);
}

const down = union<Down>({
  reset: object<Reset>({
    type: oneOf('reset'),
    flow: (value) => {
      const parsed = snapshot(value);
      return parsed && fromSnapshot(parsed);
    },
    seq: ordinal,
    started: text,
    now: number,
    show,
    scene: optional(object<RunningScene>(running)),
    played,
  }),
  frame: object({ type: oneOf('frame'), batches: list(batch) }),
  alive: object({ type: oneOf('alive'), now: number }),
  scene: object<Extract<Down, { type: 'scene' }>>({
    type: oneOf('scene'),
    now: number,
    ...running,
  }),
  show: object({ type: oneOf('show'), now: number, show, played }),
  told: object({ type: oneOf('told'), text }),
  deck: (value) => ({ type: 'deck', payload: payloadOf(value) }),
  offer: object<Extract<Down, { type: 'offer' }>>({ type: oneOf('offer'), text, ready: flag }),
  remarks: object<Extract<Down, { type: 'remarks' }>>({
    type: oneOf('remarks'),
    remarks: list(
      object<Remark>({
        slide: optional(text),
        severity: oneOf('error', 'warning'),
        place: text,
        message: text,
        cure: text,
      }),
    ),
  }),
});

const up = union<Up>({
  scene: object<Extract<Up, { type: 'scene' }>>({
    type: oneOf('scene'),
    name: text,
    slide: optional(text),
    by: optional(oneOf('step', 'key')),
  }),
  show: object({ type: oneOf('show'), feed: feedName }),
  position: object({ type: oneOf('position'), slide: ordinal, step: ordinal }),
  take: object({ type: oneOf('take') }),
});

/** Not ours to judge: what an edit of the deck carries is parsed where it is put in place. */
function payloadOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'payload' in message
    ? message.payload
    : null;
}
