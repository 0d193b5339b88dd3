import type { Point, Rect } from './plane.ts';
import { union } from './plane.ts';

/** An affine map of the plane, as SVG writes it: `matrix(a b c d e f)`. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** What an attribute `transform` says; what is not understood changes nothing. */
export function parseTransform(text: string): Matrix {
  let all = identity;
  for (const [, name = '', inside = ''] of text.matchAll(/(\w+)\s*\(([^)]*)\)/g))
    all = multiply(
      all,
      read(name, (inside.match(/-?\d*\.?\d+(?:e[-+]?\d+)?/gi) ?? []).map(Number)),
    );
  return all;
}

function read(name: string, values: number[]): Matrix {
  const [a = 0, b, c, d = 0, e = 0, f = 0] = values;
  switch (name) {
    case 'translate':
    case 'translateX':
      return [1, 0, 0, 1, a, b ?? 0];
    case 'translateY':
      return [1, 0, 0, 1, 0, a];
    case 'scale':
      return [a, 0, 0, b ?? a, 0, 0];
    case 'matrix':
      return [a, b ?? 0, c ?? 0, d, e, f];
    case 'rotate': {
      const [sin, cos] = [Math.sin((a * Math.PI) / 180), Math.cos((a * Math.PI) / 180)];
      const [x, y] = [b ?? 0, c ?? 0];
      return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
    }
    default:
      return identity;
  }
}

/** First `inner`, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [p, q, r, s, t, u] = inner;
  return [
    a * p + c * q,
    b * p + d * q,
    a * r + c * s,
    b * r + d * s,
    a * t + c * u + e,
    b * t + d * u + f,
  ];
}

export function transformPoint([a, b, c, d, e, f]: Matrix, { x, y }: Point): Point {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

/** The upright rectangle around a transformed one. */
export function transformRect(matrix: Matrix, { x, y, width, height }: Rect): Rect {
  return union(
    [
      { x, y },
      { x: x + width, y },
      { x, y: y + height },
      { x: x + width, y: y + height },
    ].map((corner) => ({ ...transformPoint(matrix, corner), width: 0, height: 0 })),
  );
}
