import { flowEvent } from './event.ts';
import type { Flow, FlowEvent, Seconds } from './flow.ts';
import { fromJson, list, number, object, oneOf, optional, ordinal, text, union } from './shape.ts';
import { fromSnapshot, snapshot, toSnapshot } from './snapshot.ts';

/** What happened at one moment. `seq` counts from the hub's start, by one and without a gap. */
export interface Batch {
  seq: number;
  at: Seconds;
  events: FlowEvent[];
}

/** A scene that plays on stage, and when it began by the feed's clock. */
export interface RunningScene {
  name: string;
  began: Seconds;
}

/** All that a page needs to begin, or to begin again: the flow after the batch `seq`. */
export interface Reset {
  type: 'reset';
  flow: Flow;
  seq: number;
  /** ISO date; every time counts from here. */
  started: string;
  now: Seconds;
  scene?: RunningScene;
}

/** From the hub to the pages. */
export type Down =
  | Reset
  | { type: 'frame'; batches: Batch[] }
  | { type: 'alive'; now: Seconds }
  | ({ type: 'scene'; now: Seconds } & RunningScene)
  | { type: 'deck'; payload: unknown };

/** From the presenter to the server. */
export type Up =
  | { type: 'scene'; name: string; slide?: number }
  | { type: 'position'; slide: number; step: number };

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
const running = { name: text, began: number };

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
    scene: optional(object(running)),
  }),
  frame: object({ type: oneOf('frame'), batches: list(batch) }),
  alive: object({ type: oneOf('alive'), now: number }),
  scene: object({ type: oneOf('scene'), now: number, ...running }),
  deck: (value) => ({ type: 'deck', payload: payloadOf(value) }),
});

const up = union<Up>({
  scene: object<Extract<Up, { type: 'scene' }>>({
    type: oneOf('scene'),
    name: text,
    slide: optional(ordinal),
  }),
  position: object({ type: oneOf('position'), slide: ordinal, step: ordinal }),
});

/** Not ours to judge: what an edit of the deck carries is parsed where it is put in place. */
function payloadOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'payload' in message
    ? message.payload
    : null;
}
