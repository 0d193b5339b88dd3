/** Where a text first names something, from 1; its beginning when it spells the name otherwise. */
export function placeOf(name: string, text: string): { line: number; column: number } {
  const before = text.slice(0, Math.max(0, text.indexOf(name))).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
