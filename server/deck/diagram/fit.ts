import type { Box } from '../deck.ts';
import { type Axis, countGaps, setGaps } from './column.ts';
import type { Font } from './font.ts';
import type { Graph } from './graph.ts';
import {
  enclose,
  extent,
  type Layout,
  moveCentres,
  place,
  type Sizes,
  type Spacing,
  scale,
} from './layout.ts';
import type { Arrangement, Request } from './mermaid.ts';
import { centre, type Point, union } from './plane.ts';
import { sizeAround } from './shape.ts';
import { straighten } from './straighten.ts';
import { edgeWords, fontSize, nodeWords, type Words } from './words.ts';

/** A layout in pixels of the canvas, and the pixels that a unit came out as. */
export interface Fitted {
  layout: Layout;
  unit: number;
  words: { nodes: Map<string, Words>; edges: Map<string, Words> };
}

/** Labels are never higher than this, in pixels. */
const largest = 24;
/** Around the whole, in pixels: an outline is two of them wide. */
export const margin = 3;

/** From generous to tight. */
const spacings: Spacing[] = [
  {
    padding: { width: 16, height: 9 },
    node: 40,
    rank: 50,
    stub: 22,
    group: 18,
    gutter: 26,
    line: 220,
  },
  {
    padding: { width: 13, height: 8 },
    node: 34,
    rank: 40,
    stub: 18,
    group: 16,
    gutter: 20,
    line: 180,
  },
  {
    padding: { width: 10, height: 7 },
    node: 28,
    rank: 30,
    stub: 13,
    group: 14,
    gutter: 16,
    line: 140,
  },
  {
    padding: { width: 5, height: 6 },
    node: 24,
    rank: 20,
    stub: 14,
    group: 9,
    gutter: 7,
    line: 112,
  },
];

/** What is left over in the box goes between the nodes, up to these many units. */
const breath = { along: 110, across: 1.7 } as const;

/**
 * The layout whose labels come out largest in the box; between equals the more generous one. Then
 * it breathes: what it does not need of the box goes between its nodes.
 */
export async function fit(
  graph: Graph,
  box: Box,
  font: Font,
  arrange: (request: Request) => Promise<Arrangement>,
): Promise<Fitted> {
  const room = { width: box.width - 2 * margin, height: box.height - 2 * margin };
  const axis: Axis = graph.direction === 'LR' || graph.direction === 'RL' ? 'x' : 'y';
  let best: { words: Fitted['words']; layout: Layout; spacing: Spacing; unit: number } | undefined;
  for (const spacing of spacings) {
    const words = {
      nodes: new Map(graph.nodes.map((node) => [node.id, nodeWords(node, font, spacing.line)])),
      edges: new Map(graph.edges.map((edge) => [edge.id, edgeWords(edge, font)])),
    };
    const sizes = sizesOf(graph, words, spacing);
    const at = await arrange({ sizes: sizes.nodes, spacing: { node: spacing.node, rank: 20 } });
    const layout = setGaps(straighten(place(graph, at, sizes), axis, spacing), axis, spacing, 0);
    const unit = unitIn(enclose(layout, spacing), room);
    if (!best || unit > best.unit * 1.01) best = { words, layout, spacing, unit };
  }
  if (!best) throw new RangeError('There is no spacing to try');
  const { words, layout, spacing, unit } = best;
  const breathing = enclose(breathe(layout, axis, spacing, room, unit), spacing);
  const scaled = scale(breathing, unit, margin);
  return {
    layout: scaled,
    unit,
    words,
  };
}

function sizesOf(graph: Graph, words: Fitted['words'], spacing: Spacing): Sizes {
  const nodes = graph.nodes.flatMap((node) => {
    const own = words.nodes.get(node.id);
    return own ? [[node.id, sizeAround(node.shape, own, spacing.padding)] as const] : [];
  });
  return { nodes: new Map(nodes), edges: words.edges };
}

function unitIn(layout: Layout, room: Box): number {
  const { width, height } = extent(layout);
  return Math.min(room.width / width, room.height / height, largest / fontSize.label);
}

function breathe(layout: Layout, axis: Axis, spacing: Spacing, room: Box, unit: number): Layout {
  const gaps = countGaps(layout, axis);
  const now = extent(enclose(layout, spacing));
  const left = axis === 'x' ? room.width / unit - now.width : room.height / unit - now.height;
  const wide = setGaps(
    layout,
    axis,
    spacing,
    gaps > 0 ? Math.min(breath.along, Math.max(0, left / gaps)) : 0,
  );
  return spread(wide, axis === 'x' ? 'y' : 'x', spacing, room, unit);
}

/** Moves centres apart across the flow: boxes keep their sizes, so nothing comes to overlap. */
function spread(layout: Layout, across: Axis, spacing: Spacing, room: Box, unit: number): Layout {
  const side = across === 'x' ? 'width' : 'height';
  const same = (value: number): number => value;
  const by = (factor: number): Layout =>
    keepArches(
      layout,
      across === 'x'
        ? moveCentres(layout, (x) => x * factor, same)
        : moveCentres(layout, same, (y) => y * factor),
    );
  const size = (factor: number): number => extent(enclose(by(factor), spacing))[side];
  const [one, more] = [size(1), size(breath.across)];
  if (more <= one) return layout;
  const part = (room[side] / unit - one) / (more - one);
  return by(1 + Math.min(1, Math.max(0, part)) * (breath.across - 1));
}

/** Edges between neighbours keep the height of their arch, however far other things move apart. */
function keepArches(before: Layout, after: Layout): Layout {
  const bends = new Map(after.bends);
  const labels = new Map(after.labels);
  for (const { id, from, to } of after.graph.edges) {
    const middle = (layout: Layout): Point | undefined => {
      const [a, b] = [layout.nodes.get(from), layout.nodes.get(to)];
      return a && b && centre(union([a, b]));
    };
    const [was, is, own] = [middle(before), middle(after), before.bends.get(id)];
    if (!was || !is || own?.length !== 1) continue;
    const by = { x: is.x - was.x, y: is.y - was.y };
    bends.set(
      id,
      own.map((bend) => ({ x: bend.x + by.x, y: bend.y + by.y })),
    );
    const label = before.labels.get(id);
    if (label) labels.set(id, { ...label, x: label.x + by.x, y: label.y + by.y });
  }
  return { ...after, bends, labels };
}
