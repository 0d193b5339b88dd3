import type { Axis } from './column.ts';
import { number, type Point } from './plane.ts';

/** A cubic Bézier curve. */
export interface Segment {
  from: Point;
  one: Point;
  two: Point;
  to: Point;
}

/**
 * A smooth curve through points that follow one another along `axis`. It begins and ends along the
 * axis and never swings out beyond its points.
 */
export function curveThrough(points: Point[], axis: Axis): Segment[] {
  const along = (p: Point): number => (axis === 'x' ? p.x : p.y);
  const cross = (p: Point): number => (axis === 'x' ? p.y : p.x);
  const at = (a: number, c: number): Point => (axis === 'x' ? { x: a, y: c } : { x: c, y: a });
  const slope = (index: number): number => {
    const [before, here, after] = [points[index - 1], points[index], points[index + 1]];
    if (!before || !here || !after) return 0;
    const left = (cross(here) - cross(before)) / (along(here) - along(before));
    const right = (cross(after) - cross(here)) / (along(after) - along(here));
    return left * right > 0 ? (2 * left * right) / (left + right) : 0;
  };
  return points.slice(1).flatMap((to, index) => {
    const from = points[index];
    if (!from) return [];
    const third =
      (along(to) - along(from)) * (slope(index) === 0 && slope(index + 1) === 0 ? 0.5 : 0.36);
    const one = at(along(from) + third, cross(from) + slope(index) * third);
    const two = at(along(to) - third, cross(to) - slope(index + 1) * third);
    return [{ from, one, two, to }];
  });
}

export function pointOn(segment: Segment, t: number): Point {
  const u = 1 - t;
  const mix = (a: number, b: number, c: number, d: number): number =>
    u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
  const { from, one, two, to } = segment;
  return { x: mix(from.x, one.x, two.x, to.x), y: mix(from.y, one.y, two.y, to.y) };
}

export function writePath(segments: Segment[]): string {
  const write = (p: Point): string => `${number(p.x)} ${number(p.y)}`;
  const start = segments[0]?.from;
  if (!start) return '';
  const curves = segments.map(({ from, one, two, to }) =>
    from.y === to.y && one.y === from.y && two.y === to.y
      ? `H${number(to.x)}`
      : `C${write(one)} ${write(two)} ${write(to)}`,
  );
  return `M${write(start)}${curves.join('')}`;
}
