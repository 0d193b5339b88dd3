import { largest, type Measure } from './measure.ts';
import { type Branch, wordsOf } from './tree.ts';
import type { Room } from './wrap.ts';

/** Each as wide as its text; where that is too much, what is left over goes by need. */
export function columnWidths(
  rows: readonly Branch[][],
  { width, size, excess }: Room,
  measure: Measure,
): number[] {
  const count = largest(rows.map((row) => row.length));
  const needs = Array.from({ length: count }, (_, at) => {
    const cells = rows.flatMap((row) => row[at] ?? []);
    return {
      least: Math.max(1, largest(cells.map((cell) => widest(cell, size, true, measure)))),
      most: Math.max(1, largest(cells.map((cell) => widest(cell, size, false, measure)))),
    };
  });
  const total = (key: 'least' | 'most') => needs.reduce((sum, need) => sum + need[key], 0);
  const room = width - count * 24;
  excess.pixels = Math.max(excess.pixels, total('least') - room);
  if (total('most') <= room) return needs.map(({ most }) => most + 1);
  const spare = Math.max(0, room - total('least'));
  const wanted = Math.max(1, total('most') - total('least'));
  return needs.map(({ least, most }) => least + (spare * (most - least)) / wanted + 1);
}

/** The widest line of a cell, or its longest word. */
function widest(cell: Branch, size: number, byWord: boolean, measure: Measure): number {
  const pieces = wordsOf(cell).split(byWord ? /\s+/ : /\n/);
  const face = cell.tag === 'th' ? 'bold' : 'sans';
  return largest(pieces.map((piece) => measure(piece, face) * size));
}

/** The cells of each row. */
export function rowsOf(table: Branch): Branch[][] {
  return table.children.flatMap((node) => {
    if (typeof node === 'string') return [];
    if (node.tag !== 'tr') return rowsOf(node);
    return [node.children.filter((cell) => typeof cell !== 'string')];
  });
}
