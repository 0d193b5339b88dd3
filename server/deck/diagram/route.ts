import type { Axis } from './column.ts';
import { curveThrough, pointOn, type Segment, writePath } from './curve.ts';
import type { Edge } from './graph.ts';
import type { Layout } from './layout.ts';
import { centre, grow, type Point, type Rect, union } from './plane.ts';
import { assignPorts, belongs, coordinate, type Port, type Ports } from './port.ts';
import { away, head, reach, tip } from './tip.ts';

/** How an edge is drawn: its line from node to node, and what its ends show. */
export interface Route {
  line: string;
  /** What the line takes of the plane, heads included. */
  bounds: Rect;
  tips: string[];
  /** Where its label's centre goes. */
  label?: Point;
}

/** What an edge keeps from a node that is not its own. */
const berth = 7;

/** A route for each edge: straight where it may be, else by the bends that dagre gave it. */
export function routeEdges(layout: Layout, flow: Axis): Map<string, Route> {
  const ports = assignPorts(layout, flow);
  return new Map(
    layout.graph.edges.flatMap((edge): [string, Route][] => {
      const own = ports.get(edge.id);
      if (own) return [[edge.id, route(edge, own, layout)]];
      const rect = edge.from === edge.to ? layout.nodes.get(edge.from) : undefined;
      return rect ? [[edge.id, loop(edge, rect, flow)]] : [];
    }),
  );
}

function route(edge: Edge, { from, to, axis, lane }: Ports, layout: Layout): Route {
  const start = reach(from, edge.tail);
  const end = reach(to, edge.head);
  const label = layout.labels.get(edge.id);
  const middle = label && centre(label);
  const obstacles = [...layout.nodes]
    .filter(([id]) => !belongs(layout, id, edge))
    .map(([, rect]) => grow(rect, berth));
  const near = label ? (axis === 'x' ? label.width : label.height) : 0;
  const bends = [
    ...(middle ? [middle] : []),
    ...(layout.bends.get(edge.id) ?? []).filter(
      (bend) => !middle || Math.abs(coordinate(bend, axis) - coordinate(middle, axis)) > near,
    ),
  ];
  const choices = [
    ...(crowded(edge, layout) ? [] : [[]]),
    middle ? [middle] : [],
    bends,
    bends.flatMap((bend) => level(bend, obstacles, axis)),
  ];
  const curves = choices.map((points) =>
    curveThrough([start, ...inOrder(points, start, end, axis), end], axis),
  );
  const free = curves.find((curve) => !obstacles.some((rect) => hits(curve, rect)));
  const curve = lane === undefined ? (free ?? curves.at(-1) ?? []) : around(start, end, lane, axis);
  return {
    line: writePath(curve),
    bounds: boundsOf(curve),
    tips: [...tip(edge.tail, from), ...tip(edge.head, to)],
    ...(middle && { label: onCurve(curve, middle, axis) }),
  };
}

/** Whether more labels lie between the same two boxes than fit on straight lines. */
function crowded({ from, to }: Edge, layout: Layout): boolean {
  const between = layout.graph.edges.filter(
    (one) =>
      layout.labels.has(one.id) &&
      ((one.from === from && one.to === to) || (one.from === to && one.to === from)),
  );
  return between.length > 2;
}

/** Out of one box, along a lane, into the other: two round corners. */
function around(start: Point, end: Point, lane: number, axis: Axis): Segment[] {
  const cross = axis === 'x' ? 'y' : 'x';
  const at = (along: number, across: number): Point =>
    axis === 'x' ? { x: along, y: across } : { x: across, y: along };
  const [a, b] = [coordinate(start, axis), coordinate(end, axis)];
  const sign = Math.sign(b - a);
  const radius = (point: Point): number => Math.min(18, Math.abs(lane - coordinate(point, cross)));
  const corner = (
    point: Point,
    along: number,
    turn: number,
  ): { foot: Point; lane: Point; knee: Point } => {
    const back = Math.sign(coordinate(point, cross) - lane) * radius(point);
    return {
      foot: at(along, lane + back),
      knee: at(along, lane),
      lane: at(along + turn * radius(point), lane),
    };
  };
  const [one, two] = [corner(start, a, sign), corner(end, b, -sign)];
  const straight = (from: Point, to: Point): Segment => ({ from, one: from, two: to, to });
  const bend = (from: Point, knee: Point, to: Point): Segment => ({
    from,
    one: { x: from.x + (knee.x - from.x) * 0.55, y: from.y + (knee.y - from.y) * 0.55 },
    two: { x: to.x + (knee.x - to.x) * 0.55, y: to.y + (knee.y - to.y) * 0.55 },
    to,
  });
  return [
    straight(start, one.foot),
    bend(one.foot, one.knee, one.lane),
    straight(one.lane, two.lane),
    bend(two.lane, two.knee, two.foot),
    straight(two.foot, end),
  ];
}

/** A bend beside a node becomes a level stretch as long as that node. */
function level(bend: Point, obstacles: Rect[], axis: Axis): Point[] {
  const beside = obstacles.filter((rect) =>
    axis === 'x'
      ? rect.x <= bend.x && bend.x <= rect.x + rect.width
      : rect.y <= bend.y && bend.y <= rect.y + rect.height,
  );
  if (beside.length === 0) return [bend];
  const starts = Math.min(...beside.map((rect) => (axis === 'x' ? rect.x : rect.y)));
  const ends = Math.max(
    ...beside.map((rect) => (axis === 'x' ? rect.x + rect.width : rect.y + rect.height)),
  );
  return axis === 'x'
    ? [
        { x: starts, y: bend.y },
        { x: ends, y: bend.y },
      ]
    : [
        { x: bend.x, y: starts },
        { x: bend.x, y: ends },
      ];
}

/** The points between start and end, each once, in the order of the way. */
function inOrder(points: Point[], start: Point, end: Point, axis: Axis): Point[] {
  const sign = coordinate(start, axis) < coordinate(end, axis) ? 1 : -1;
  return points
    .filter((point) => between(point, start, end, axis))
    .toSorted((a, b) => sign * (coordinate(a, axis) - coordinate(b, axis)))
    .filter((point, at, all) => {
      const before = all[at - 1];
      return !before || Math.abs(coordinate(point, axis) - coordinate(before, axis)) > 1;
    });
}

function between(point: Point, start: Point, end: Point, axis: Axis): boolean {
  const [a, b] = [coordinate(start, axis), coordinate(end, axis)];
  const at = coordinate(point, axis);
  return at > Math.min(a, b) + 1 && at < Math.max(a, b) - 1;
}

function hits(curve: Segment[], rect: Rect): boolean {
  return curve.some((segment) =>
    Array.from({ length: 25 }, (_, step) => pointOn(segment, step / 24)).some(
      ({ x, y }) => x > rect.x && x < rect.x + rect.width && y > rect.y && y < rect.y + rect.height,
    ),
  );
}

/** The point of the curve level with `point`: labels sit on their line. */
function onCurve(curve: Segment[], point: Point, axis: Axis): Point {
  const steps = curve.flatMap((segment) =>
    Array.from({ length: 65 }, (_, step) => pointOn(segment, step / 64)),
  );
  const off = (one: Point): number => Math.abs(coordinate(one, axis) - coordinate(point, axis));
  const nearest = steps.toSorted((a, b) => off(a) - off(b))[0] ?? point;
  return axis === 'x' ? { x: point.x, y: nearest.y } : { x: nearest.x, y: point.y };
}

/** An edge from a node to itself: an ear where the flow does not pass. */
function loop(edge: Edge, rect: Rect, flow: Axis): Route {
  const side = flow === 'x' ? 'top' : 'right';
  const port = (offset: number): Port => ({ rect, shape: 'rectangle', side, offset });
  const [from, to] = [port(-12), port(12)];
  const [start, end] = [reach(from, edge.tail), reach(to, edge.head)];
  const [one, two] = [away(start, side, 30), away(end, side, 30)];
  const curve = [{ from: start, one, two, to: end }];
  return {
    line: writePath(curve),
    bounds: boundsOf(curve),
    tips: [...tip(edge.tail, from), ...tip(edge.head, to)],
    label: away({ x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }, side, 26),
  };
}

function boundsOf(curve: Segment[]): Rect {
  const points = curve.flatMap((segment) =>
    [0, 0.25, 0.5, 0.75, 1].map((t) => pointOn(segment, t)),
  );
  return grow(union(points.map((point) => ({ ...point, width: 0, height: 0 }))), head.breadth);
}
