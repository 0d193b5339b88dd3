import type { SceneLengths, Still } from '../shared/moment.ts';

/** The scenes of the recordings one behind the other, with a stop at each tenth of a second. */
export interface Reel {
  parts: readonly Part[];
  /** The last stop; the first is 0. */
  last: number;
}

export interface Part {
  scene: string;
  /** The stop of its beginning, and of its end. */
  first: number;
  last: number;
}

export function reelOf(lengths: SceneLengths): Reel {
  const parts: Part[] = [];
  for (const [scene, length] of lengths) {
    const first = (parts.at(-1)?.last ?? -1) + 1;
    // A length in floating point must not lose the tenth that it ends with.
    parts.push({ scene, first, last: first + Math.floor(length * 10 + 1e-6) });
  }
  return { parts, last: parts.at(-1)?.last ?? 0 };
}

/** The moment of a stop; undefined where there are no scenes. */
export function stillAt({ parts }: Reel, stop: number): Still | undefined {
  const part = parts.findLast(({ first }) => first <= stop) ?? parts[0];
  if (!part) return undefined;
  const tenths = Math.min(Math.max(stop, part.first), part.last) - part.first;
  return { scene: part.scene, seconds: tenths / 10 };
}

/** The stop of a moment, or the nearest one of its scene; undefined when that is not there. */
export function stopOf({ parts }: Reel, { scene, seconds }: Still): number | undefined {
  const part = parts.find((each) => each.scene === scene);
  return part && Math.min(part.first + Math.round(seconds * 10), part.last);
}

/** Where a key leads from a stop; undefined for a key that leads nowhere. */
export function keyed(
  reel: Reel,
  stop: number,
  { key, shiftKey }: { key: string; shiftKey: boolean },
): number | undefined {
  const wide = shiftKey ? 10 : 1;
  const to = (next: number) => Math.min(Math.max(next, 0), reel.last);
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return to(stop + wide);
    case 'ArrowLeft':
    case 'ArrowDown':
      return to(stop - wide);
    case 'PageUp':
      return reel.parts.find(({ first }) => first > stop)?.first ?? reel.last;
    case 'PageDown':
      return reel.parts.findLast(({ first }) => first < stop)?.first ?? 0;
    case 'Home':
      return 0;
    case 'End':
      return reel.last;
    default:
      return undefined;
  }
}
