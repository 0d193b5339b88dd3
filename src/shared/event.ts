import type {
  Condition,
  FlowEvent,
  Health,
  Pulse,
  Resource,
  Role,
  Seconds,
  Status,
} from './flow.ts';
import { flag, list, number, object, oneOf, optional, ordinal, text, union } from './shape.ts';

/** An event and when it truly happened. */
export interface Timed {
  at: Seconds;
  event: FlowEvent;
}

/** The vocabulary's shapes: what is taken for an event from outside, a wire or a file. */
export const role = oneOf<Role>(
  'user',
  'git',
  'webhook',
  'receiver',
  'source',
  'applier',
  'flux',
  'cluster',
);

export const status = oneOf<Status>(
  'ready',
  'progressing',
  'waiting',
  'failed',
  'drifted',
  'suspended',
  'terminating',
  'unknown',
);

const condition = object<Condition>({
  type: text,
  status: text,
  reason: optional(text),
  message: optional(text),
  since: optional(number),
});

export const resource = object<Resource>({
  key: text,
  role,
  status,
  checking: optional(flag),
  reason: optional(text),
  message: optional(text),
  revision: optional(text),
  attempted: optional(text),
  ready: optional(number),
  total: optional(number),
  conditions: optional(list(condition)),
  owner: optional(text),
  next: optional(number),
  since: number,
});

const healthFields = {
  state: oneOf<Health['state']>('live', 'recorded', 'stale'),
  kinds: optional(list(text)),
  text,
};

export const health = object<Health>(healthFields);

const pulseFields = {
  type: oneOf('pulse'),
  from: role,
  to: role,
  why: oneOf<Pulse['why']>('push', 'poll', 'webhook', 'fetch', 'attempt', 'apply', 'correct'),
  key: optional(text),
  revision: optional(text),
  asked: optional(flag),
};

export const shownPulse = object<Pulse & { at: Seconds }>({ ...pulseFields, at: number });

export const severity = oneOf('info', 'warning');

export const flowEvent = union<FlowEvent>({
  changed: object({ type: oneOf('changed'), resource }),
  removed: object({ type: oneOf('removed'), key: text }),
  pulse: object<Pulse>(pulseFields),
  commit: object<Extract<FlowEvent, { type: 'commit' }>>({
    type: oneOf('commit'),
    revision: text,
    subject: text,
    patch: optional(text),
  }),
  notice: object({ type: oneOf('notice'), key: text, text, severity }),
  health: object<Extract<FlowEvent, { type: 'health' }>>({
    type: oneOf('health'),
    ...healthFields,
  }),
  position: object({ type: oneOf('position'), slide: ordinal, step: ordinal, id: text }),
  marker: object({ type: oneOf('marker'), name: text }),
});
