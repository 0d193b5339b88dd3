import type { Axis } from './column.ts';
import type { Edge } from './graph.ts';
import { type Layout, within } from './layout.ts';
import { centre, type Point, type Rect } from './plane.ts';
import type { ShapeName, Side } from './shape.ts';

/** One end of an edge: at which side of which box, and how far from that side's middle. */
export interface Port {
  rect: Rect;
  shape: ShapeName;
  side: Side;
  offset: number;
}

export interface Ports {
  from: Port;
  to: Port;
  axis: Axis;
  /** Where, across its axis, an edge runs that goes around what is in its way. */
  lane?: number;
}

interface End {
  edge: Edge;
  box: string;
  port: Port;
  /** Where the edge goes next, across its axis. */
  towards: number;
}

/** Of two edges at one side, in pixels. */
const apart = 20;

/** Where each edge leaves and enters, so that edges at one side keep apart and do not cross. */
export function assignPorts(layout: Layout, flow: Axis): Map<string, Ports> {
  const ports = new Map<string, Ports>();
  const ends: End[] = [];
  for (const edge of layout.graph.edges) {
    const [from, to] = [boxOf(layout, edge.from), boxOf(layout, edge.to)];
    if (!from || !to || edge.from === edge.to) continue;
    const axis = axisBetween(from.rect, to.rect, flow);
    const lane = laneOf(layout, edge, from.rect, to.rect, axis);
    const forward = coordinate(centre(from.rect), axis) < coordinate(centre(to.rect), axis);
    const own: Ports = {
      axis,
      from: { ...from, side: lane?.side ?? sideOf(axis, forward), offset: 0 },
      to: { ...to, side: lane?.side ?? sideOf(axis, !forward), offset: 0 },
      ...(lane && { lane: lane.at }),
    };
    ports.set(edge.id, own);
    const cross = lane ? axis : axis === 'x' ? 'y' : 'x';
    const bends = layout.bends.get(edge.id) ?? [];
    const next = (bend: Point | undefined, other: Rect): number =>
      coordinate(bend && bends.length > 1 ? bend : (labelOf(layout, edge) ?? centre(other)), cross);
    ends.push(
      { edge, box: edge.from, port: own.from, towards: next(bends[0], to.rect) },
      { edge, box: edge.to, port: own.to, towards: next(bends.at(-1), from.rect) },
    );
  }
  const sides = Object.values(Object.groupBy(ends, (end) => `${end.port.side} ${end.box}`));
  for (const side of sides) if (side && side.length > 1) spread(side);
  for (const side of sides.toSorted((a, b) => (a?.length ?? 0) - (b?.length ?? 0)))
    if (side) follow(side, ports);
  return ports;
}

function spread(ends: End[]): void {
  const sorted = ends.toSorted((a, b) => a.towards - b.towards || (a.edge.id < b.edge.id ? -1 : 1));
  const gap = Math.min(apart, usable(sorted[0]?.port) / (sorted.length - 1));
  for (const [at, end] of sorted.entries()) end.port.offset = (at - (sorted.length - 1) / 2) * gap;
}

/** Ends at a side that all lie off the edges' other ends by as much move level with them. */
function follow(ends: End[], ports: Map<string, Ports>): void {
  const steps = ends.map((end) => {
    const own = ports.get(end.edge.id);
    if (!own || own.lane !== undefined) return Number.NaN;
    const other = own.from === end.port ? own.to : own.from;
    const cross = own.axis === 'x' ? 'y' : 'x';
    const there = coordinate(centre(other.rect), cross) + other.offset;
    return there - coordinate(centre(end.port.rect), cross) - end.port.offset;
  });
  const [step = Number.NaN] = steps;
  if (!steps.every((one) => Math.abs(one - step) < 0.5)) return;
  if (ends.some(({ port }) => Math.abs(port.offset + step) > usable(port) / 2 + 1)) return;
  for (const { port } of ends) port.offset += step;
}

/** The part of a side that edges may use. */
function usable(port: Port | undefined): number {
  if (!port) return 0;
  const upright = port.side === 'left' || port.side === 'right';
  const round = port.shape === 'pill' || port.shape === 'double' || port.shape === 'diamond';
  return (upright ? port.rect.height : port.rect.width) * (upright && round ? 0.5 : 0.66);
}

/** From a lane to what it passes, in pixels. */
const berth = 16;

/**
 * The lane of an edge whose straight way is blocked, and that dagre leads past both of its ends at
 * the same side: it leaves and enters there.
 */
function laneOf(
  layout: Layout,
  edge: Edge,
  from: Rect,
  to: Rect,
  axis: Axis,
): { side: Side; at: number } | undefined {
  const cross = axis === 'x' ? 'y' : 'x';
  const [near, far] = [startOf(from, axis), startOf(to, axis)].toSorted((a, b) => a - b);
  const passed = [...layout.nodes]
    .filter(([id]) => !belongs(layout, id, edge))
    .map(([, rect]) => rect)
    .filter((rect) => startOf(rect, axis) > (near ?? 0) && startOf(rect, axis) < (far ?? 0));
  const [low, high] = [
    Math.max(startOf(from, cross), startOf(to, cross)),
    Math.min(endOf(from, cross), endOf(to, cross)),
  ];
  const blocked = passed.some((rect) => startOf(rect, cross) < high && endOf(rect, cross) > low);
  const bends = (layout.bends.get(edge.id) ?? []).map((bend) => coordinate(bend, cross));
  if (!blocked || low >= high || bends.length === 0) return undefined;
  const all = [from, to, ...passed];
  const past = Math.max(...[from, to].map((rect) => endOf(rect, cross)));
  const before = Math.min(...[from, to].map((rect) => startOf(rect, cross)));
  const middle = (past + before) / 2;
  if (bends.every((bend) => bend > middle)) {
    const below = all
      .filter((rect) => startOf(rect, cross) < past)
      .map((rect) => endOf(rect, cross));
    return {
      side: sideOf(cross, true),
      at: Math.max(...bends, ...below.map((end) => end + berth)),
    };
  }
  if (bends.every((bend) => bend < middle)) {
    const above = all
      .filter((rect) => endOf(rect, cross) > before)
      .map((rect) => startOf(rect, cross));
    return {
      side: sideOf(cross, false),
      at: Math.min(...bends, ...above.map((start) => start - berth)),
    };
  }
  return undefined;
}

/** Whether a node is one of an edge's ends, or in a group that is. */
export function belongs({ graph }: Layout, id: string, { from, to }: Edge): boolean {
  return id === from || id === to || within(graph, id, from) || within(graph, id, to);
}

function startOf(rect: Rect, axis: Axis): number {
  return axis === 'x' ? rect.x : rect.y;
}

function endOf(rect: Rect, axis: Axis): number {
  return axis === 'x' ? rect.x + rect.width : rect.y + rect.height;
}

function axisBetween(from: Rect, to: Rect, flow: Axis): Axis {
  const aside = (axis: Axis): boolean =>
    axis === 'x'
      ? from.x + from.width <= to.x || to.x + to.width <= from.x
      : from.y + from.height <= to.y || to.y + to.height <= from.y;
  if (aside(flow)) return flow;
  const other = flow === 'x' ? 'y' : 'x';
  return aside(other) ? other : flow;
}

function sideOf(axis: Axis, far: boolean): Side {
  if (axis === 'x') return far ? 'right' : 'left';
  return far ? 'bottom' : 'top';
}

function boxOf(layout: Layout, id: string): { rect: Rect; shape: ShapeName } | undefined {
  const group = layout.groups.get(id);
  if (group) return { rect: group, shape: 'rectangle' };
  const rect = layout.nodes.get(id);
  const shape = layout.graph.nodes.find((node) => node.id === id)?.shape;
  return rect && shape ? { rect, shape } : undefined;
}

function labelOf(layout: Layout, edge: Edge): Point | undefined {
  const rect = layout.labels.get(edge.id);
  return rect && centre(rect);
}

export function coordinate(point: Point, axis: Axis): number {
  return axis === 'x' ? point.x : point.y;
}
