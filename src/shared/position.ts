/** Where a talk stands: slide 0 is the title slide, step 0 has nothing revealed. */
export interface Position {
  slide: number;
  step: number;
}

/** Steps of each slide: all that moving through a deck depends on. */
export type Shape = readonly number[];

export type Move =
  | { type: 'next' | 'previous' | 'next-slide' | 'previous-slide' | 'first' | 'last' }
  /** By number, overview or search: the slide shows the step that it was left at. */
  | { type: 'jump'; slide: number }
  /** By address: the position itself. */
  | { type: 'to'; position: Position };

/** The nearest position that the deck has: a step past the last shows the last. */
export function clamp(shape: Shape, { slide, step }: Position): Position {
  const index = Math.min(Math.max(0, slide), Math.max(0, shape.length - 1));
  return { slide: index, step: Math.min(Math.max(0, step), shape[index] ?? 0) };
}

/** Whether a position is where one press on leads: its next step, or the next slide. */
export function isNext(shape: Shape, from: Position, to: Position): boolean {
  const next = move(shape, new Map(), from, { type: 'next' });
  const moves = next.slide !== from.slide || next.step !== from.step;
  return moves && next.slide === to.slide && next.step === to.step;
}

/**
 * Where a move leads. Nothing wraps: past either end a move stays.
 * @param left the step at which each slide was left
 */
export function move(
  shape: Shape,
  left: ReadonlyMap<number, number>,
  at: Position,
  to: Move,
): Position {
  const last = shape.length - 1;
  switch (to.type) {
    case 'next':
      if (at.step < (shape[at.slide] ?? 0)) return { slide: at.slide, step: at.step + 1 };
      return at.slide < last ? { slide: at.slide + 1, step: 0 } : at;
    case 'previous':
      if (at.step > 0) return { slide: at.slide, step: at.step - 1 };
      return at.slide > 0 ? { slide: at.slide - 1, step: shape[at.slide - 1] ?? 0 } : at;
    case 'next-slide':
      return at.slide < last ? { slide: at.slide + 1, step: 0 } : at;
    case 'previous-slide':
      return at.slide > 0 ? { slide: at.slide - 1, step: 0 } : at;
    case 'first':
      return { slide: 0, step: 0 };
    case 'last':
      return clamp(shape, { slide: last, step: 0 });
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
