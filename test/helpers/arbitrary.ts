import fc from 'fast-check';
import type { Timed } from '../../src/shared/event.ts';
import type { Condition, FlowEvent, Resource, Role } from '../../src/shared/flow.ts';

const HASHES = [
  'a3deec73fd3df985b09e2419cbecdfa0c70af3ea',
  '3c1dd37f98fea3955ec64247498aa305f6346500',
];

const key = fc.constantFrom(
  'GitRepository/flux-system/podinfo',
  'Kustomization/flux-system/podinfo',
  'Kustomization/flux-system/frontend',
  'Deployment/podinfo/podinfo',
  'Receiver/flux-system/podinfo',
);
const role = fc.constantFrom<Role>(
  'user',
  'git',
  'webhook',
  'receiver',
  'source',
  'applier',
  'flux',
  'cluster',
);
const text = fc.oneof(
  fc.constantFrom('', 'BuildFailed', "dependency 'a/b' is not ready"),
  fc.string(),
);
const revision = fc.constantFrom(...HASHES.map((hash) => `main@sha1:${hash}`), ...HASHES);
const seconds = fc.integer({ min: -5_000, max: 60_000 }).map((milliseconds) => milliseconds / 1000);
const small = fc.nat(5);
const severity = fc.constantFrom('info', 'warning');

/** Optional fields are left out, never undefined: JSON knows no undefined. */
function record<T extends object>(
  fields: { [K in keyof T]-?: fc.Arbitrary<Exclude<T[K], undefined>> },
  ...requiredKeys: (keyof T)[]
): fc.Arbitrary<T> {
  return fc.record(fields, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<T>;
}

const anyCondition = record<Condition>(
  {
    type: fc.constantFrom('Ready', 'Reconciling', 'Healthy'),
    status: fc.constantFrom('True', 'False', 'Unknown'),
    reason: text,
    message: text,
    since: seconds,
  },
  'type',
  'status',
);

export const anyResource: fc.Arbitrary<Resource> = record<Resource>(
  {
    key,
    role,
    status: fc.constantFrom(
      'ready',
      'progressing',
      'waiting',
      'failed',
      'drifted',
      'suspended',
      'terminating',
      'unknown',
    ),
    checking: fc.boolean(),
    reason: text,
    message: text,
    revision,
    attempted: revision,
    ready: small,
    total: small,
    conditions: fc.array(anyCondition, { maxLength: 3 }),
    owner: key,
    next: seconds,
    since: seconds,
  },
  'key',
  'role',
  'status',
  'since',
);

type Of<Type extends FlowEvent['type']> = Extract<FlowEvent, { type: Type }>;

const anyPulse = record<Of<'pulse'>>(
  {
    type: fc.constant('pulse'),
    from: role,
    to: role,
    why: fc.constantFrom('push', 'poll', 'webhook', 'fetch', 'attempt', 'apply', 'correct'),
    key,
    revision,
    asked: fc.boolean(),
  },
  'type',
  'from',
  'to',
  'why',
);

/** Any event of the vocabulary; never `live`, which a recording may not say. */
export const anyEvent: fc.Arbitrary<FlowEvent> = fc.oneof(
  {
    arbitrary: anyResource.map((resource): FlowEvent => ({ type: 'changed', resource })),
    weight: 4,
  },
  { arbitrary: anyPulse, weight: 4 },
  key.map((each): FlowEvent => ({ type: 'removed', key: each })),
  record<Of<'commit'>>(
    { type: fc.constant('commit'), revision, subject: text, patch: text },
    'type',
    'revision',
    'subject',
  ),
  record<Of<'notice'>>(
    { type: fc.constant('notice'), key, text, severity },
    'type',
    'key',
    'text',
    'severity',
  ),
  record<Of<'health'>>(
    {
      type: fc.constant('health'),
      state: fc.constant('stale'),
      kinds: fc.array(text),
      text,
    },
    'type',
    'state',
    'text',
  ),
  record<Of<'position'>>(
    { type: fc.constant('position'), slide: small, step: small, id: text },
    'type',
    'slide',
    'step',
    'id',
  ),
  fc.constantFrom('push', 'drift', 'end').map((name): FlowEvent => ({ type: 'marker', name })),
);

/** A run of events in the order of their times, in whole milliseconds: now dense, now silent. */
export const anyRun: fc.Arbitrary<Timed[]> = fc
  .array(fc.tuple(fc.oneof(fc.constant(0), fc.nat(300), fc.nat(1_500), fc.nat(9_000)), anyEvent), {
    maxLength: 40,
  })
  .map((steps) => {
    let milliseconds = 0;
    return steps.map(([pause, event]) => {
      milliseconds += pause;
      return { at: milliseconds / 1000, event };
    });
  });
