import { type Layout, moveCentres, type Spacing, titleRoom, within } from './layout.ts';
import type { Rect } from './plane.ts';

export type Axis = 'x' | 'y';

/** What stands side by side along an axis without a gap in it, as an interval of that axis. */
interface Column {
  start: number;
  end: number;
  ids: string[];
}

/** Along the flow nodes stand in columns. Sets the gaps between them: just what each needs, and `extra`. */
export function setGaps(layout: Layout, axis: Axis, spacing: Spacing, extra: number): Layout {
  const columns = readColumns(layout, axis);
  let at = 0;
  const moved = columns.map((column, index) => {
    const next = columns[index + 1];
    const start = at;
    const width = column.end - column.start;
    at += width + (next ? needed(layout, axis, spacing, column, next) + extra : 0);
    return { ...column, to: start };
  });
  const map = (value: number): number => {
    const index = moved.findLastIndex((column) => column.start <= value);
    const [column, next] = [moved[Math.max(0, index)], moved[index + 1]];
    if (!column) return value;
    if (value <= column.end || !next) return column.to + (value - column.start);
    const part = (value - column.end) / (next.start - column.end);
    const end = column.to + column.end - column.start;
    return end + part * (next.to - end);
  };
  const same = (value: number): number => value;
  const spaced = axis === 'x' ? moveCentres(layout, map, same) : moveCentres(layout, same, map);
  const labels = new Map(spaced.labels);
  for (const [id, rect] of layout.labels) {
    const gap = moved.findIndex((column, at) => lies(rect, axis, column, moved[at + 1]));
    const [column, next] = [moved[gap], moved[gap + 1]];
    const own = spaced.labels.get(id);
    if (!column || !next || !own) continue;
    const middle = (column.to + column.end - column.start + next.to) / 2;
    labels.set(
      id,
      axis === 'x' ? { ...own, x: middle - own.width / 2 } : { ...own, y: middle - own.height / 2 },
    );
  }
  return { ...spaced, labels };
}

/** Whether a label's centre lies in the gap between two columns. */
function lies(rect: Rect, axis: Axis, before: Column, after: Column | undefined): boolean {
  const { start, end } = interval(rect, axis);
  const middle = (start + end) / 2;
  return after !== undefined && before.end < middle && middle < after.start;
}

/** How many gaps there are between columns. */
export function countGaps(layout: Layout, axis: Axis): number {
  return Math.max(0, readColumns(layout, axis).length - 1);
}

function readColumns(layout: Layout, axis: Axis): Column[] {
  const intervals = [...layout.nodes]
    .map(([id, rect]) => ({ ...interval(rect, axis), ids: [id] }))
    .toSorted((a, b) => a.start - b.start);
  const columns: Column[] = [];
  for (const one of intervals) {
    const last = columns.at(-1);
    if (last && one.start < last.end) {
      last.end = Math.max(last.end, one.end);
      last.ids.push(...one.ids);
    } else columns.push(one);
  }
  return columns;
}

function interval(rect: Rect, axis: Axis): { start: number; end: number } {
  return axis === 'x'
    ? { start: rect.x, end: rect.x + rect.width }
    : { start: rect.y, end: rect.y + rect.height };
}

/** What must fit between two columns: an edge, the borders of groups, the labels that lie there. */
function needed(
  layout: Layout,
  axis: Axis,
  spacing: Spacing,
  before: Column,
  after: Column,
): number {
  const closing = nesting(
    layout,
    before,
    (start, end) => start > before.end || end > before.end,
    axis,
  );
  const opening = nesting(layout, after, (start) => start < after.start, axis);
  const open = axis === 'y' ? titleRoom : spacing.group;
  const between = closing > 0 && opening > 0 ? spacing.gutter : spacing.rank * 0.55;
  const borders = closing + opening > 0 ? closing * spacing.group + opening * open + between : 0;
  const labels = [...layout.labels.values()]
    .filter((rect) => lies(rect, axis, before, after))
    .map((rect) => (axis === 'x' ? rect.width : rect.height) + 2 * spacing.stub);
  return Math.max(spacing.rank, borders, ...labels);
}

/** How many groups, one in the other, begin or end at a column: those that do not reach beyond. */
function nesting(
  layout: Layout,
  column: Column,
  beyond: (start: number, end: number) => boolean,
  axis: Axis,
): number {
  const { graph } = layout;
  const ends = graph.groups.filter((group) => {
    const inside = graph.nodes.filter((node) => within(graph, node.id, group.id));
    if (!inside.some((node) => column.ids.includes(node.id))) return false;
    return inside.every((node) => {
      const rect = layout.nodes.get(node.id);
      if (!rect) return true;
      const { start, end } = interval(rect, axis);
      return !beyond(start, end);
    });
  });
  const depth = (id: string): number =>
    1 + Math.max(0, ...ends.filter((group) => group.parent === id).map((group) => depth(group.id)));
  return Math.max(0, ...ends.map((group) => depth(group.id)));
}
