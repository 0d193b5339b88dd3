import { health, resource, role, severity, shownPulse, status } from './event.ts';
import type { Commit, Fact, Flow, Line, Notice, Resource, Role, Transition } from './flow.ts';
import { list, number, object, optional, ordinal, pair, text } from './shape.ts';

/** A flow as JSON can hold it: its maps are arrays, in the order they had. */
export interface Snapshot extends Omit<Flow, 'resources' | 'facts' | 'transitions' | 'notices'> {
  resources: readonly Resource[];
  facts: readonly [Role, Fact][];
  transitions?: readonly [string, readonly Transition[]][];
  notices?: readonly [string, readonly Notice[]][];
}

export function toSnapshot({ transitions, notices, ...flow }: Flow): Snapshot {
  return {
    ...flow,
    resources: [...flow.resources.values()],
    facts: [...flow.facts],
    ...(transitions && { transitions: [...transitions] }),
    ...(notices && { notices: [...notices] }),
  };
}

export function fromSnapshot({ transitions, notices, ...snapshot }: Snapshot): Flow {
  return {
    ...snapshot,
    resources: new Map(snapshot.resources.map((each) => [each.key, each])),
    facts: new Map(snapshot.facts),
    ...(transitions && { transitions: new Map(transitions) }),
    ...(notices && { notices: new Map(notices) }),
  };
}

const lines = list(
  object<Line>({ at: number, shown: optional(number), text, key: optional(text) }),
);

const transition = object<Transition>({
  at: number,
  status,
  reason: optional(text),
  revision: optional(text),
});

const commit = object<Commit>({
  at: number,
  revision: text,
  subject: text,
  patch: optional(text),
});

/** What is taken for a flow from outside. */
export const snapshot = object<Snapshot>({
  resources: list(resource),
  health,
  lines,
  pulses: list(shownPulse),
  facts: list(pair(role, object<Fact>({ at: number, text }))),
  happened: optional(lines),
  transitions: optional(list(pair(text, list(transition)))),
  notices: optional(list(pair(text, list(object<Notice>({ at: number, text, severity }))))),
  commits: optional(list(commit)),
  push: optional(
    object<NonNullable<Flow['push']>>({
      at: number,
      revision: optional(text),
      subject: optional(text),
    }),
  ),
  marker: optional(object({ name: text, at: number })),
  position: optional(object({ slide: ordinal, step: ordinal, id: text })),
});
