import { health, resource, role, severity, shownPulse } from './event.ts';
import type { Fact, Flow, Line, Notice, Resource, Role } from './flow.ts';
import { list, number, object, optional, ordinal, pair, text } from './shape.ts';

/** A flow as JSON can hold it: its maps are arrays, in the order they had. */
export interface Snapshot extends Omit<Flow, 'resources' | 'facts' | 'notices'> {
  resources: readonly Resource[];
  facts: readonly [Role, Fact][];
  notices?: readonly [string, Notice][];
}

export function toSnapshot({ notices, ...flow }: Flow): Snapshot {
  return {
    ...flow,
    resources: [...flow.resources.values()],
    facts: [...flow.facts],
    ...(notices && { notices: [...notices] }),
  };
}

export function fromSnapshot({ notices, ...snapshot }: Snapshot): Flow {
  return {
    ...snapshot,
    resources: new Map(snapshot.resources.map((each) => [each.key, each])),
    facts: new Map(snapshot.facts),
    ...(notices && { notices: new Map(notices) }),
  };
}

/** What is taken for a flow from outside. */
export const snapshot = object<Snapshot>({
  resources: list(resource),
  health,
  lines: list(object<Line>({ at: number, shown: optional(number), text, key: optional(text) })),
  pulses: list(shownPulse),
  facts: list(pair(role, object<Fact>({ at: number, text }))),
  notices: optional(list(pair(text, object<Notice>({ at: number, text, severity })))),
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
