/** The value in the middle. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The smallest value that so many percent of all do not exceed. @throws RangeError of nothing */
export function percentile(values: readonly number[], percent: number): number {
  const rank = Math.max(1, Math.ceil((values.length * percent) / 100));
  const value = values.toSorted((a, b) => a - b)[rank - 1];
  if (value === undefined) throw new RangeError('nothing was measured');
  return value;
}

/**
 * Ours and the plain one by turns, each as often, so that what else the machine does falls on both.
 * The first round only warms up.
 */
export async function alternate<T, S>(
  runs: number,
  { ours, plain }: { ours: () => Promise<T>; plain: () => Promise<S> },
): Promise<{ ours: T[]; plain: S[] }> {
  const found: { ours: T[]; plain: S[] } = { ours: [], plain: [] };
  for (let run = 0; run <= runs; run += 1) {
    const one = await ours();
    const other = await plain();
    if (run === 0) continue;
    found.ours.push(one);
    found.plain.push(other);
  }
  return found;
}

/** So many values of the same measurement, after one that only warms up. */
export async function repeat<T>(runs: number, measure: () => Promise<T>): Promise<T[]> {
  await measure();
  const found: T[] = [];
  while (found.length < runs) found.push(await measure());
  return found;
}
