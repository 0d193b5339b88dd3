/** What a bench found. */
export interface Figure {
  what: string;
  unit: 'ms' | 'bytes' | 'percent' | 'count';
  ours: number;
  /** The same of plain reveal.js, in the same run. */
  plain?: number;
  goal?: Goal;
  /** What the number does not say by itself. */
  note?: string;
}

/** The most that our figure may be: by itself, as a part of the plain one, or more than it. */
export interface Goal {
  of: 'ours' | 'ratio' | 'excess';
  most: number;
}

/** Ours as a part of the plain one; undefined without a baseline, or with one of nothing. */
export function ratio({ ours, plain }: Figure): number | undefined {
  return plain ? ours / plain : undefined;
}

/** Undefined where there is no goal. */
export function isMet(figure: Figure): boolean | undefined {
  const { goal, ours, plain = 0 } = figure;
  if (!goal) return undefined;
  switch (goal.of) {
    case 'ours':
      return ours <= goal.most;
    case 'ratio':
      return ours / plain <= goal.most;
    case 'excess':
      return ours - plain <= goal.most;
    default:
      return goal.of satisfies never;
  }
}
