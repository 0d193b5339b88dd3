import type { Seconds } from './flow.ts';
import type { Scene } from './scene.ts';

/** A moment of a recorded scene. */
export interface Still {
  scene: string;
  /** After the scene's marker, to the tenth. */
  seconds: Seconds;
}

/** A moment that a slide shows, frozen, from a step on: `push+3.2s at 2`. */
export interface MomentCue extends Still {
  /** Of the slide; 0 is its entrance. */
  step: number;
}

/** Of each scene that a recording has: how long it takes, marker to marker, in seconds. */
export type SceneLengths = ReadonlyMap<string, Seconds>;

/** Of scenes of the same name the first one counts, as in a player. */
export function sceneLengths(scenes: readonly Scene[]): SceneLengths {
  const lengths = new Map<string, Seconds>();
  for (const { name, from, to } of scenes) {
    if (!lengths.has(name)) lengths.set(name, to - from);
  }
  return lengths;
}

/** The longest of each scene: what may be played from one recording or from another. */
export function longest(all: readonly SceneLengths[]): SceneLengths {
  const lengths = new Map<string, Seconds>();
  for (const [name, length] of all.flatMap((each) => [...each])) {
    lengths.set(name, Math.max(length, lengths.get(name) ?? 0));
  }
  return lengths;
}

/** As an author writes it; undefined when it is none. Without a step it shows from the entrance on. */
export function readMoment(wish: string): MomentCue | undefined {
  const parts = /^([\w-]+)\s*\+\s*(\d+(?:\.\d+)?)\s*s?(?:\s+at\s+(\d+))?$/i.exec(wish.trim());
  const [, name, seconds, step = '0'] = parts ?? [];
  if (name === undefined || seconds === undefined) return undefined;
  return { scene: name.toLowerCase(), seconds: toTenths(Number(seconds)), step: Number(step) };
}

/** `push+3.2s at 2` */
export function writeMoment({ scene, seconds, step }: MomentCue): string {
  return `${scene}+${seconds.toFixed(1)}s${step === 0 ? '' : ` at ${step}`}`;
}

/** Moments as a page carries them: `push+3.2s at 2, drift+1.0s at 3`. */
export function writeMoments(cues: readonly MomentCue[]): string {
  return cues.map(writeMoment).join(', ');
}

/** The moments that a page carries, in their order. */
export function readMoments(written: string): MomentCue[] {
  return written.split(',').flatMap((cue) => readMoment(cue) ?? []);
}

/** What a slide shows at a step: the moment of that step, or of the last one before it that has one. */
export function momentAt(cues: readonly MomentCue[], step: number): MomentCue | undefined {
  return cues
    .filter((cue) => cue.step <= step)
    .reduce<MomentCue | undefined>(
      (last, cue) => (last && last.step > cue.step ? last : cue),
      undefined,
    );
}

/** `push, 3.2 s after it began` */
export function tellMoment({ scene, seconds }: Still): string {
  return seconds === 0
    ? `${scene}, as it begins`
    : `${scene}, ${seconds.toFixed(1)}\u00A0s after it began`;
}

function toTenths(seconds: Seconds): Seconds {
  return Math.round(seconds * 10) / 10;
}
