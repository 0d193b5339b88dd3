import type { Seconds } from './flow.ts';
import type { Recording } from './recording.ts';

/** A part of a recording: from its marker to the next one. */
export interface Scene {
  name: string;
  from: Seconds;
  to: Seconds;
}

/** What a capture marks its end with: it ends a scene and begins none. */
const END = 'end';

/** The scenes of a recording in their order; the last one ends with the last event. */
export function scenes({ events }: Recording): Scene[] {
  const marks = events.flatMap(({ at, event }) =>
    event.type === 'marker' ? [{ name: event.name, at }] : [],
  );
  const last = events.at(-1)?.at ?? 0;
  return marks
    .map(({ name, at }, index) => ({ name, from: at, to: marks[index + 1]?.at ?? last }))
    .filter(({ name }) => name !== END);
}
