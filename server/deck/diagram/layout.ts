import type { Graph } from './graph.ts';
import type { Arrangement } from './mermaid.ts';
import { around, distance, grow, type Point, type Rect, union } from './plane.ts';
import type { Words } from './words.ts';

/** Everything's place, in units: y grows downwards. Keys are the graph's ids. */
export interface Layout {
  graph: Graph;
  nodes: Map<string, Rect>;
  groups: Map<string, Rect>;
  /** The bends that an edge needs to pass what is in its way, its label's centre among them. */
  bends: Map<string, Point[]>;
  labels: Map<string, Rect>;
}

/** How close things may come, in units. */
export interface Spacing {
  /** Inside a node, beside and above its words. */
  padding: { width: number; height: number };
  /** Between neighbours across the flow. */
  node: number;
  /** Between neighbours along the flow: an edge with its head fits in. */
  rank: number;
  /** Of an edge, before and after its label. */
  stub: number;
  /** Inside a group. */
  group: number;
  /** Between two groups. */
  gutter: number;
  /** The width at which labels are broken between words. */
  line: number;
}

/** Room for a group's title, above what is in it. */
export const titleRoom = 26;

export interface Sizes {
  nodes: Map<string, { width: number; height: number }>;
  edges: Map<string, Words>;
}

/** Puts boxes where dagre puts their centres; groups are added by `enclose`. */
export function place(graph: Graph, at: Arrangement, sizes: Sizes): Layout {
  const nodes = new Map<string, Rect>();
  for (const [id, size] of sizes.nodes) {
    const point = at.nodes.get(id);
    if (point) nodes.set(id, around(point, size));
  }
  const bends = new Map<string, Point[]>();
  for (const [id, points] of at.edges) bends.set(id, points.slice(1, -1));
  const labels = new Map<string, Rect>();
  for (const [id, words] of sizes.edges) {
    const point = at.labels.get(id);
    if (!point || words.lines.length === 0) continue;
    // dagre's own place for a label is one of the bends; Mermaid moves it to the middle of the line
    const nearest = (bends.get(id) ?? []).toSorted(
      (a, b) => distance(a, point) - distance(b, point),
    );
    labels.set(id, around(nearest[0] ?? point, { width: words.width, height: words.height }));
  }
  return { graph, nodes, groups: new Map(), bends, labels };
}

/** The same with each group drawn around what is in it: nodes, groups, and the labels of its edges. */
export function enclose(layout: Layout, spacing: Spacing): Layout {
  const { graph } = layout;
  const groups = new Map<string, Rect>();
  const rectOf = (id: string): Rect | undefined => {
    const own = layout.nodes.get(id) ?? groups.get(id);
    if (own) return own;
    const inside = [...graph.nodes, ...graph.groups].filter((one) => one.parent === id);
    const rects = inside.flatMap((one) => rectOf(one.id) ?? []);
    if (rects.length === 0) return undefined;
    const labels = graph.edges
      .filter((edge) => within(graph, edge.from, id) && within(graph, edge.to, id))
      .flatMap((edge) => layout.labels.get(edge.id) ?? []);
    const padded = grow(
      union([...rects, ...labels.map((label) => grow(label, -4))]),
      spacing.group,
    );
    const more = titleRoom - spacing.group;
    const rect = { ...padded, y: padded.y - more, height: padded.height + more };
    groups.set(id, rect);
    return rect;
  };
  for (const group of graph.groups) rectOf(group.id);
  return { ...layout, groups };
}

/** Whether a node or group lies in a group, at any depth. */
export function within(graph: Graph, id: string, group: string): boolean {
  const one = graph.nodes.find((node) => node.id === id) ?? graph.groups.find((g) => g.id === id);
  if (one?.parent === undefined) return false;
  return one.parent === group || within(graph, one.parent, group);
}

/** Everything that is drawn, in one rectangle. */
export function extent(layout: Layout): Rect {
  return union([...layout.nodes.values(), ...layout.groups.values(), ...layout.labels.values()]);
}

/** The layout with each coordinate of a centre, bend or label mapped; boxes keep their sizes. */
export function moveCentres(
  layout: Layout,
  x: (x: number) => number,
  y: (y: number) => number,
): Layout {
  const point = (p: Point): Point => ({ x: x(p.x), y: y(p.y) });
  const rect = (r: Rect): Rect =>
    around(point({ x: r.x + r.width / 2, y: r.y + r.height / 2 }), {
      width: r.width,
      height: r.height,
    });
  return {
    ...layout,
    nodes: mapValues(layout.nodes, rect),
    labels: mapValues(layout.labels, rect),
    bends: mapValues(layout.bends, (points) => points.map(point)),
  };
}

/** The whole layout in other units, moved so that its top left corner is at `margin`. */
export function scale(layout: Layout, factor: number, margin: number): Layout {
  const from = extent(layout);
  const point = (p: Point): Point => ({
    x: (p.x - from.x) * factor + margin,
    y: (p.y - from.y) * factor + margin,
  });
  const rect = (r: Rect): Rect => ({
    ...point(r),
    width: r.width * factor,
    height: r.height * factor,
  });
  return {
    graph: layout.graph,
    nodes: mapValues(layout.nodes, rect),
    groups: mapValues(layout.groups, rect),
    labels: mapValues(layout.labels, rect),
    bends: mapValues(layout.bends, (points) => points.map(point)),
  };
}

function mapValues<T>(map: Map<string, T>, change: (value: T) => T): Map<string, T> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
