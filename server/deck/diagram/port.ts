import type { Axis } from './column.ts';
import type { Edge } from './graph.ts';
import type { Layout } from './layout.ts';
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
    const forward = coordinate(centre(from.rect), axis) < coordinate(centre(to.rect), axis);
    const own: Ports = {
      axis,
      from: { ...from, side: sideOf(axis, forward), offset: 0 },
      to: { ...to, side: sideOf(axis, !forward), offset: 0 },
    };
    ports.set(edge.id, own);
    const cross = axis === 'x' ? 'y' : 'x';
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
  for (const side of sides) if (side?.length === 1 && side[0]) follow(side[0], ports);
  return ports;
}

function spread(ends: End[]): void {
  const sorted = ends.toSorted((a, b) => a.towards - b.towards || (a.edge.id < b.edge.id ? -1 : 1));
  const gap = Math.min(apart, usable(sorted[0]?.port) / (sorted.length - 1));
  for (const [at, end] of sorted.entries()) end.port.offset = (at - (sorted.length - 1) / 2) * gap;
}

/** An end that is alone at its side lies level with the edge's other end, if its side is that long. */
function follow(end: End, ports: Map<string, Ports>): void {
  const own = ports.get(end.edge.id);
  if (!own) return;
  const other = own.from === end.port ? own.to : own.from;
  const cross = own.axis === 'x' ? 'y' : 'x';
  const wanted =
    coordinate(centre(other.rect), cross) + other.offset - coordinate(centre(end.port.rect), cross);
  if (Math.abs(wanted) <= usable(end.port) / 2) end.port.offset = wanted;
}

/** The part of a side that edges may use. */
function usable(port: Port | undefined): number {
  if (!port) return 0;
  const upright = port.side === 'left' || port.side === 'right';
  const round = port.shape === 'pill' || port.shape === 'double' || port.shape === 'diamond';
  return (upright ? port.rect.height : port.rect.width) * (upright && round ? 0.5 : 0.66);
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
