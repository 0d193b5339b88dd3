import type { Tip } from './graph.ts';
import { number, type Point } from './plane.ts';
import type { Port } from './port.ts';
import { outlineAt, type Side } from './shape.ts';

/** Length and half breadth of an arrow's head, in pixels. */
export const head = { length: 10, breadth: 4.75 } as const;
/** Between a tip and the outline that it points at. */
const clear = 1.5;
/** Where a line ends: at the outline, or at the back of its head. */
export function reach(port: Port, end: Tip): Point {
  return away(
    outlineAt(port.shape, port.rect, port.side, port.offset),
    port.side,
    end === 'arrow' ? head.length : 0,
  );
}

export function away(point: Point, side: Side, by: number): Point {
  const far = by === 0 ? 0 : by + clear - 1;
  switch (side) {
    case 'left':
      return { x: point.x - far, y: point.y };
    case 'right':
      return { x: point.x + far, y: point.y };
    case 'top':
      return { x: point.x, y: point.y - far };
    case 'bottom':
      return { x: point.x, y: point.y + far };
    default:
      return side satisfies never;
  }
}

/** What an end shows, square to the side that it enters. */
export function tip(kind: Tip, port: Port): string[] {
  const at = outlineAt(port.shape, port.rect, port.side, port.offset);
  const [ox, oy] = outward[port.side];
  const along = (far: number, side: number): string =>
    `${number(at.x + ox * far + oy * side)} ${number(at.y + oy * far + ox * side)}`;
  switch (kind) {
    case 'none':
      return [];
    case 'arrow': {
      const back = clear + head.length;
      return [`M${along(clear, 0)}L${along(back, head.breadth)}L${along(back, -head.breadth)}z`];
    }
    case 'circle':
      return [`M${along(clear, 0)}A4 4 0 1 0 ${along(clear + 8, 0)}A4 4 0 1 0 ${along(clear, 0)}z`];
    case 'cross':
      return [`M${along(4, -5)}L${along(14, 5)}M${along(14, -5)}L${along(4, 5)}`];
    default:
      return kind satisfies never;
  }
}

const outward: Record<Side, [number, number]> = {
  left: [-1, 0],
  right: [1, 0],
  top: [0, -1],
  bottom: [0, 1],
};
