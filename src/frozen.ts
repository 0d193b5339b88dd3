import type { MomentCue, Still } from './shared/moment.ts';

/** Which frozen moment a page shows, if any: what its author looks for, else what the slide asks for. */
export interface Frozen {
  /** A position is come to, and the moment that its slide asks for there. */
  arrive(slide: unknown, cue: MomentCue | undefined): void;
  /** While writing: another moment, until the next position. */
  seek(still: Still | undefined): void;
  /** A scene has begun on this slide: it plays until another moment is come to, or this one again. */
  giveWay(): void;
  now(): Still | undefined;
}

export function createFrozen(): Frozen {
  let at: { slide: unknown; cue: MomentCue | undefined } = { slide: undefined, cue: undefined };
  let sought: Still | undefined;
  let hasGivenWay = false;
  return {
    arrive(slide, cue) {
      const isSame = slide === at.slide && cue?.step === at.cue?.step;
      at = { slide, cue };
      sought = undefined;
      if (!isSame) hasGivenWay = false;
    },
    seek(still) {
      sought = still;
    },
    giveWay() {
      sought = undefined;
      hasGivenWay = true;
    },
    now: () => sought ?? (hasGivenWay ? undefined : at.cue),
  };
}
