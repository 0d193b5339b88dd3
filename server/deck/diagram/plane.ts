export interface Point {
  x: number;
  y: number;
}

/** A rectangle by its top left corner. */
export interface Rect extends Point {
  width: number;
  height: number;
}

export function centre(rect: Rect): Point {
  return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

/** The rectangle of this size around a point. */
export function around(point: Point, size: { width: number; height: number }): Rect {
  return { x: point.x - size.width / 2, y: point.y - size.height / 2, ...size };
}

/** The smallest rectangle that holds them all. */
export function union(rects: Rect[]): Rect {
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  return {
    x,
    y,
    width: Math.max(...rects.map((rect) => rect.x + rect.width)) - x,
    height: Math.max(...rects.map((rect) => rect.y + rect.height)) - y,
  };
}

export function overlap(a: Rect, b: Rect, gap = 0): boolean {
  return (
    a.x < b.x + b.width + gap &&
    b.x < a.x + a.width + gap &&
    a.y < b.y + b.height + gap &&
    b.y < a.y + a.height + gap
  );
}

/** `rect` with this much more on each side. */
export function grow(rect: Rect, by: number): Rect {
  return {
    x: rect.x - by,
    y: rect.y - by,
    width: rect.width + 2 * by,
    height: rect.height + 2 * by,
  };
}

/** Two decimals: a hundredth of a pixel cannot be seen, and equal drawings stay equal. */
export function number(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}
