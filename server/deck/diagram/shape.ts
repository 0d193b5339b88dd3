import { drawOutline, insetOf, type OutlineName, outlines } from './outline.ts';
import { centre, number, type Point, type Rect } from './plane.ts';

/** The families of shapes that we draw. A circle around words is a pill: its words stay large. */
export type ShapeName =
  | 'rectangle'
  | 'rounded'
  | 'pill'
  | 'double'
  | 'diamond'
  | 'hexagon'
  | 'cylinder'
  | 'framed'
  | 'leaning'
  | 'trapezoid'
  | 'flag'
  | OutlineName;

export type Side = 'left' | 'right' | 'top' | 'bottom';

interface Size {
  width: number;
  height: number;
}

/** The smallest size at which a shape holds words of this size, with `padding` around them. */
export function sizeAround(shape: ShapeName, words: Size, padding: Size): Size {
  const width = words.width + 2 * padding.width;
  const height = words.height + 2 * padding.height;
  switch (shape) {
    case 'rectangle':
    case 'rounded':
      return { width, height };
    case 'pill':
      return { width: width + height * 0.14, height };
    case 'double':
      return { width: width + height * 0.14 + 8, height: height + 8 };
    case 'diamond':
      return { width: width * 1.5, height: height * 2 };
    case 'hexagon':
    case 'leaning':
    case 'trapezoid':
      return { width: width + height * 0.4, height };
    case 'flag':
      return { width: width + height * 0.25, height };
    case 'cylinder':
      return { width, height: height + 20 };
    case 'framed':
      return { width: width + 16, height };
    default:
      return outlines[shape].around({ width, height });
  }
}

/** The SVG elements of a shape that fills `rect`. The first is its outline. */
export function drawShape(shape: ShapeName, rect: Rect): string[] {
  const { x, y, width, height } = rect;
  const path = (d: string, name = 'line'): string => `<path class="${name}" d="${d}"/>`;
  switch (shape) {
    case 'rectangle':
      return [box(rect, 5)];
    case 'rounded':
      return [box(rect, radius(shape, rect))];
    case 'pill':
      return [box(rect, radius(shape, rect))];
    case 'double': {
      const inner = { x: x + 4, y: y + 4, width: width - 8, height: height - 8 };
      return [box(rect, height / 2), box(inner, inner.height / 2, 'line')];
    }
    case 'framed': {
      const rules = [x + 7, x + width - 7].map(
        (at) => `M${number(at)} ${number(y)}v${number(height)}`,
      );
      return [box(rect, 3), path(rules.join(''))];
    }
    case 'cylinder': {
      const [w, r] = [number(width / 2), number(10)];
      const lid = `a${w} ${r} 0 0 0 ${number(width)} 0`;
      const body = `M${number(x)} ${number(y + 10)}a${w} ${r} 0 0 1 ${number(width)} 0v${number(height - 20)}a${w} ${r} 0 0 1 ${number(-width)} 0z`;
      return [path(body, 'shape'), path(`M${number(x)} ${number(y + 10)}${lid}`)];
    }
    case 'diamond':
    case 'hexagon':
    case 'leaning':
    case 'trapezoid':
    case 'flag':
      return [
        path(
          `M${corners(shape, rect)
            .map((p) => `${number(p.x)} ${number(p.y)}`)
            .join('L')}z`,
          'shape',
        ),
      ];
    default:
      return drawOutline(shape, rect);
  }
}

/** Where the outline is, from the middle of a side `offset` along it (down or right). */
export function outlineAt(shape: ShapeName, rect: Rect, side: Side, offset: number): Point {
  const { x, y } = centre(rect);
  const inset = insetAt(shape, rect, side, offset);
  switch (side) {
    case 'left':
      return { x: rect.x + inset, y: y + offset };
    case 'right':
      return { x: rect.x + rect.width - inset, y: y + offset };
    case 'top':
      return { x: x + offset, y: rect.y + inset };
    case 'bottom':
      return { x: x + offset, y: rect.y + rect.height - inset };
    default:
      return side satisfies never;
  }
}

/** The corner at the top right, on the outline: where a badge sits. */
export function badgeAt(shape: ShapeName, rect: Rect): Point {
  const r = radius(shape, rect);
  const off = r * (1 - Math.SQRT1_2);
  return { x: rect.x + rect.width - off, y: rect.y + off };
}

function radius(shape: ShapeName, rect: Rect): number {
  if (shape === 'pill' || shape === 'double') return Math.min(rect.width, rect.height) / 2;
  if (shape === 'diamond') return Math.min(rect.width, rect.height) * 0.6;
  return shape === 'rounded' ? 12 : 5;
}

/** How far the outline lies inside of the rectangle's side. */
function insetAt(shape: ShapeName, rect: Rect, side: Side, offset: number): number {
  const along = side === 'left' || side === 'right';
  const [half, reach] = along
    ? [rect.height / 2, rect.width / 2]
    : [rect.width / 2, rect.height / 2];
  const t = Math.min(1, Math.abs(offset) / half);
  switch (shape) {
    case 'pill':
    case 'double': {
      const r = radius(shape, rect);
      const past = Math.max(0, Math.abs(offset) - (half - r));
      return r - Math.sqrt(Math.max(0, r * r - past * past));
    }
    case 'diamond':
      return reach * t;
    case 'hexagon':
      return along ? rect.height * 0.2 * t : 0;
    case 'leaning':
      return along ? rect.height * 0.1 : 0;
    case 'trapezoid':
      return along ? rect.height * 0.1 : 0;
    case 'flag':
      return side === 'left' ? rect.height * 0.25 * (1 - t) : 0;
    case 'cylinder':
      return along ? 0 : 10 * (1 - Math.sqrt(1 - t * t));
    case 'rectangle':
    case 'rounded':
    case 'framed':
      return 0;
    default:
      return insetOf(shape, rect, side, offset);
  }
}

function corners(
  shape: 'diamond' | 'hexagon' | 'leaning' | 'trapezoid' | 'flag',
  rect: Rect,
): Point[] {
  const { x, y, width, height } = rect;
  const skew = height * 0.2;
  const at = (dx: number, dy: number): Point => ({ x: x + dx, y: y + dy });
  switch (shape) {
    case 'diamond':
      return [at(width / 2, 0), at(width, height / 2), at(width / 2, height), at(0, height / 2)];
    case 'hexagon':
      return [
        at(skew, 0),
        at(width - skew, 0),
        at(width, height / 2),
        at(width - skew, height),
        at(skew, height),
        at(0, height / 2),
      ];
    case 'leaning':
      return [at(skew, 0), at(width, 0), at(width - skew, height), at(0, height)];
    case 'trapezoid':
      return [at(skew, 0), at(width - skew, 0), at(width, height), at(0, height)];
    case 'flag':
      return [
        at(0, 0),
        at(width, 0),
        at(width, height),
        at(0, height),
        at(height * 0.25, height / 2),
      ];
    default:
      return shape satisfies never;
  }
}

function box(rect: Rect, r: number, name = 'shape'): string {
  return `<rect class="${name}" x="${number(rect.x)}" y="${number(rect.y)}" width="${number(rect.width)}" height="${number(rect.height)}" rx="${number(r)}"/>`;
}
