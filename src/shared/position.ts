/** Where a talk stands: slide 0 is the title slide, step 0 has nothing revealed. */
export interface Position {
  slide: number;
  step: number;
}

/** A slide that is off the talk's way: left out of it, or kept for questions. */
export type Aside = 'skip' | 'backup';

/** All that moving through a deck depends on. The title slide is never aside. */
export type Shape = readonly { steps: number; aside?: Aside }[];

export type Move =
  | { type: 'next' | 'previous' | 'next-slide' | 'previous-slide' | 'first' | 'last' }
  /** By number, overview or search: the slide shows the step that it was left at. */
  | { type: 'jump'; slide: number }
  /** By address: the position itself. */
  | { type: 'to'; position: Position };

/** The nearest position that the deck has: a step past the last shows the last. */
export function clamp(shape: Shape, { slide, step }: Position): Position {
  const index = Math.min(Math.max(0, slide), Math.max(0, shape.length - 1));
  return { slide: index, step: Math.min(Math.max(0, step), stepsOf(shape, index)) };
}

/** Whether a position is where one press on leads: its next step, or the next slide. */
export function isNext(shape: Shape, from: Position, to: Position): boolean {
  const next = move(shape, new Map(), from, { type: 'next' });
  const moves = next.slide !== from.slide || next.step !== from.step;
  return moves && next.slide === to.slide && next.step === to.step;
}

/**
 * Where a move leads. Nothing wraps: past either end a move stays. Slides aside are reached by
 * a jump or an address only; from a backup one leads to the next backup, from a skipped one back
 * to the talk's way.
 * @param left the step at which each slide was left
 */
export function move(
  shape: Shape,
  left: ReadonlyMap<number, number>,
  at: Position,
  to: Move,
): Position {
  switch (to.type) {
    case 'next':
      if (at.step < stepsOf(shape, at.slide)) return { slide: at.slide, step: at.step + 1 };
      return move(shape, left, at, { type: 'next-slide' });
    case 'previous': {
      if (at.step > 0) return { slide: at.slide, step: at.step - 1 };
      const slide = beside(shape, at.slide, -1);
      return slide === undefined ? at : { slide, step: stepsOf(shape, slide) };
    }
    case 'next-slide': {
      const slide = beside(shape, at.slide, 1);
      return slide === undefined ? at : { slide, step: 0 };
    }
    case 'previous-slide': {
      const slide = beside(shape, at.slide, -1);
      return slide === undefined ? at : { slide, step: 0 };
    }
    case 'first':
      return { slide: 0, step: 0 };
    case 'last':
      return {
        slide: Math.max(
          0,
          shape.findLastIndex(({ aside }) => aside === undefined),
        ),
        step: 0,
      };
    case 'jump':
      return to.slide === at.slide
        ? at
        : clamp(shape, { slide: to.slide, step: left.get(to.slide) ?? 0 });
    case 'to':
      return clamp(shape, to.position);
    default:
      return to satisfies never;
  }
}

/** The slide that lies that way: of the backup ones from one of them, else on the talk's way. */
function beside(shape: Shape, from: number, way: 1 | -1): number | undefined {
  const wanted = shape[from]?.aside === 'backup' ? 'backup' : undefined;
  for (let slide = from + way; slide >= 0 && slide < shape.length; slide += way) {
    if (shape[slide]?.aside === wanted) return slide;
  }
  return undefined;
}

function stepsOf(shape: Shape, slide: number): number {
  return shape[slide]?.steps ?? 0;
}
