import type { Seconds } from './flow.ts';
import type { Recording } from './recording.ts';

/** A part of a recording: from its marker to the next one. */
export interface Scene {
  name: string;
  from: Seconds;
  to: Seconds;
  /** Which events are its own: from the marker's index, up to but not `end`. */
  first: number;
  end: number;
}

/** What a capture marks its end with: it ends a scene and begins none. */
const END = 'end';

/** The scenes of a recording in their order; the last one ends with the last event. */
export function scenes({ events }: Pick<Recording, 'events'>): Scene[] {
  const marks = events.flatMap(({ at, event }, first) =>
    event.type === 'marker' ? [{ name: event.name, from: at, first }] : [],
  );
  const last = { from: events.at(-1)?.at ?? 0, first: events.length };
  return marks
    .map((mark, index) => {
      const next = marks[index + 1] ?? last;
      return { ...mark, to: next.from, end: next.first };
    })
    .filter(({ name }) => name !== END);
}
