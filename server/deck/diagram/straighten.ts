import type { Axis } from './column.ts';
import { enclose, type Layout, type Spacing, within } from './layout.ts';
import { overlap, type Point, type Rect, union } from './plane.ts';

/** What a moved node keeps from the bends of passing edges. */
const berth = 8;

/**
 * Moves nodes across the flow until they lie level with a neighbour before them, where nothing is
 * in the way and nothing changes its order: dagre leaves small steps that an arrow must climb.
 */
export function straighten(layout: Layout, flow: Axis, spacing: Spacing): Layout {
  const start = (id: string): number => along(layout.nodes.get(id), flow).start;
  const order = [...layout.nodes.keys()].toSorted((a, b) => start(a) - start(b));
  const level = order.reduce((now, id) => {
    const before = now.graph.edges
      .filter((edge) => edge.from === id || edge.to === id)
      .map((edge) => (edge.from === id ? edge.to : edge.from))
      .filter(
        (other) => now.nodes.has(other) && along(now.nodes.get(other), flow).end <= start(id),
      );
    const tries = before
      .flatMap((other) => alignNode(now, id, other, flow) ?? [])
      .map((one) => clearLanes(one, now, id, flow));
    return tries.find((one) => keepsApart(one, spacing) && keepsOrder(now, one, id, flow)) ?? now;
  }, layout);
  return settleLabels(level, flow);
}

/** Labels of edges between two neighbours that lie level: on the straight line, two one above the other. */
function settleLabels(layout: Layout, flow: Axis): Layout {
  const labels = new Map(layout.labels);
  for (const { id, from, to } of layout.graph.edges) {
    const [a, b, label] = [layout.nodes.get(from), layout.nodes.get(to), labels.get(id)];
    if (!a || !b || !label || Math.abs(middle(a, flow) - middle(b, flow)) > 0.5) continue;
    const apart = [...layout.nodes.values()].some(
      (rect) =>
        rect !== a &&
        rect !== b &&
        beside(rect, union([a, b]), flow) &&
        overlap(rect, union([a, b])),
    );
    const twin = layout.graph.edges.find((edge) => edge.from === to && edge.to === from);
    const other = twin && layout.labels.get(twin.id);
    if (apart) continue;
    const half = other ? (flow === 'x' ? label.height : label.width) / 2 : 0;
    const off = other && middle(other, flow) > middle(label, flow) ? -half : half;
    const by = middle(a, flow) + off - middle(label, flow);
    labels.set(id, flow === 'x' ? { ...label, y: label.y + by } : { ...label, x: label.x + by });
  }
  return { ...layout, labels };
}

/** The layout with one node level with another; undefined where it is so already. */
function alignNode(layout: Layout, id: string, other: string, flow: Axis): Layout | undefined {
  const [own, its] = [layout.nodes.get(id), layout.nodes.get(other)];
  if (!own || !its) return undefined;
  const rect: Rect =
    flow === 'x'
      ? { ...own, y: its.y + (its.height - own.height) / 2 }
      : { ...own, x: its.x + (its.width - own.width) / 2 };
  if (Math.abs(rect.x - own.x) + Math.abs(rect.y - own.y) < 0.01) return undefined;
  return { ...layout, nodes: new Map(layout.nodes).set(id, rect) };
}

/** Whether no node touches another, a group that it is not in, or a label. */
function keepsApart(layout: Layout, spacing: Spacing): boolean {
  const { graph, nodes, groups, labels } = enclose(layout, spacing);
  const all = [...nodes];
  const lanes = all.every(([id, rect]) =>
    passing(layout, id).every(
      ({ bend }) => !overlap(rect, { ...bend, width: 0, height: 0 }, berth - 1),
    ),
  );
  const apart = all.every(
    ([a, one], at) =>
      all.slice(at + 1).every(([, two]) => !overlap(one, two, spacing.node / 2)) &&
      [...groups].every(([group, rect]) => within(graph, a, group) || !overlap(one, rect, 4)) &&
      [...labels.values()].every((label) => !overlap(one, label, 2)),
  );
  const sides = [...groups];
  return (
    lanes &&
    apart &&
    sides.every(([a, one], at) =>
      sides
        .slice(at + 1)
        .every(([b, two]) => within(graph, a, b) || within(graph, b, a) || !overlap(one, two, 4)),
    )
  );
}

/** Whether the node has stayed on its side of every node and edge that passes it. */
function keepsOrder(before: Layout, after: Layout, id: string, flow: Axis): boolean {
  const [was, is] = [before.nodes.get(id), after.nodes.get(id)];
  if (!was || !is) return false;
  const nodes = [...before.nodes].filter(([other]) => other !== id).map(([, rect]) => rect);
  const bends = passing(before, id).map(({ bend }) => ({ ...bend, width: 0, height: 0 }));
  return [...nodes, ...bends]
    .filter((rect) => beside(rect, is, flow))
    .every(
      (rect) => middle(rect, flow) < middle(was, flow) === middle(rect, flow) < middle(is, flow),
    );
}

/** Moves the lanes of passing edges out of the way of a node, as far as they must. */
function clearLanes(layout: Layout, before: Layout, id: string, flow: Axis): Layout {
  const [was, is] = [before.nodes.get(id), layout.nodes.get(id)];
  if (!was || !is) return layout;
  return passing(layout, id)
    .filter(({ bend }) => beside({ ...bend, width: 0, height: 0 }, is, flow))
    .reduce((now, { edge, bend }) => {
      const at = middle({ ...bend, width: 0, height: 0 }, flow);
      const half = (flow === 'x' ? is.height : is.width) / 2 + berth;
      const to =
        at < middle(was, flow)
          ? Math.min(at, middle(is, flow) - half)
          : Math.max(at, middle(is, flow) + half);
      return to === at ? now : moveLane(now, edge, at, to, flow);
    }, layout);
}

/** Moves the level stretch of an edge that runs at `from`, and its label there, to `to`. */
function moveLane(layout: Layout, edge: string, from: number, to: number, flow: Axis): Layout {
  const moved = (value: number): number => (Math.abs(value - from) < 1 ? to : value);
  const points = (layout.bends.get(edge) ?? []).map((bend) =>
    flow === 'x' ? { ...bend, y: moved(bend.y) } : { ...bend, x: moved(bend.x) },
  );
  const label = layout.labels.get(edge);
  const labels = new Map(layout.labels);
  if (label) {
    const by = moved(middle(label, flow)) - middle(label, flow);
    labels.set(edge, flow === 'x' ? { ...label, y: label.y + by } : { ...label, x: label.x + by });
  }
  return { ...layout, bends: new Map(layout.bends).set(edge, points), labels };
}

function passing(layout: Layout, id: string): { edge: string; bend: Point }[] {
  return layout.graph.edges
    .filter((edge) => edge.from !== id && edge.to !== id)
    .flatMap((edge) => (layout.bends.get(edge.id) ?? []).map((bend) => ({ edge: edge.id, bend })));
}

function beside(a: Rect, b: Rect, flow: Axis): boolean {
  const [one, two] = [along(a, flow), along(b, flow)];
  return one.start < two.end && two.start < one.end;
}

function middle(rect: Rect, flow: Axis): number {
  return flow === 'x' ? rect.y + rect.height / 2 : rect.x + rect.width / 2;
}

function along(rect: Rect | undefined, flow: Axis): { start: number; end: number } {
  if (!rect) return { start: 0, end: 0 };
  return flow === 'x'
    ? { start: rect.x, end: rect.x + rect.width }
    : { start: rect.y, end: rect.y + rect.height };
}
