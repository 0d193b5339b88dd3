/** A point in the diagram's own coordinates. */
export interface Point {
  x: number;
  y: number;
}

/** A way along edges as a table of points; `reach` is how far along it each of them lies. */
export interface Track {
  points: readonly Point[];
  reach: readonly number[];
}

/** What is needed of an SVG path: measured once, never in a frame. */
export type Measured = Pick<SVGGeometryElement, 'getTotalLength' | 'getPointAtLength'>;

const SAMPLES = 48;

/** The points of one path, from its start to its end. */
export function sample(path: Measured): Point[] {
  const length = path.getTotalLength();
  return Array.from({ length: SAMPLES + 1 }, (_, i) => {
    const { x, y } = path.getPointAtLength((length * i) / SAMPLES);
    return { x, y };
  });
}

/** One track of several stretches; what lies between two of them is crossed in a straight line. */
export function track(stretches: readonly (readonly Point[])[]): Track {
  const points = stretches.flat();
  let last = points[0];
  let length = 0;
  const reach = points.map((point) => {
    if (last) length += Math.hypot(point.x - last.x, point.y - last.y);
    last = point;
    return length;
  });
  return { points, reach };
}

/** Where one is after a fraction (0…1) of the track; undefined on a track without points. */
export function along({ points, reach }: Track, fraction: number): Point | undefined {
  const target = fraction * (reach.at(-1) ?? 0);
  const next = reach.findIndex((distance) => distance >= target);
  const b = points[next];
  const a = points[next - 1] ?? b;
  if (!a || !b) return undefined;
  const from = reach[next - 1] ?? 0;
  const stretch = (reach[next] ?? 0) - from;
  const part = stretch > 0 ? (target - from) / stretch : 0;
  return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part };
}
