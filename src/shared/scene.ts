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

/** What marks that a scene has come to its end, or a capture: it begins none. */
export const END = 'end';

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

/** What a speaker can make happen. */
export const SCENES = [
  'push',
  'drift',
  'scale',
  'break',
  'fix',
  'suspend',
  'resume',
  'poll',
] as const;

export type SceneName = (typeof SCENES)[number];

/** A scene that a slide asks for. Without a step it waits for its key. */
export interface SceneCue {
  name: string;
  /** Of the slide; 0 is its entrance. */
  step?: number;
}

/** What a slide with a live diagram asks for when its author says nothing. */
export const USUAL_CUES: readonly SceneCue[] = [{ name: 'push' }, { name: 'drift' }];

export function isSceneName(name: string): name is SceneName {
  return SCENES.some((known) => known === name);
}

/** Cues as a page carries them: `push@2 drift`. */
export function writeCues(cues: readonly SceneCue[]): string {
  return cues.map(({ name, step }) => (step === undefined ? name : `${name}@${step}`)).join(' ');
}

/** The cues that a page carries, in their order. */
export function sceneCues(written: string): SceneCue[] {
  return written
    .split(' ')
    .filter(Boolean)
    .map((cue) => {
      const [name = '', step = ''] = cue.split('@');
      return { name, ...(/^\d+$/.test(step) && { step: Number(step) }) };
    });
}
