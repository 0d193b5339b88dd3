import type { Point } from './plane.ts';

/** Straight pieces that a curve is taken apart into. */
const pieces = 12;

/** The points along a path, curves and arcs as short straight lines. */
export function followPath(d: string): Point[] {
  const all: Point[] = [];
  let at: Point = { x: 0, y: 0 };
  let start: Point = at;
  let control: Point | undefined;
  for (const [, command = '', text = ''] of d.matchAll(/([astvzqmhlc])([^astvzqmhlc]*)/gi)) {
    const relative = command === command.toLowerCase();
    const kind = command.toUpperCase();
    const values = kind === 'A' ? arcNumbers(text) : numbers(text);
    const size = sizes[kind] ?? 0;
    if (kind === 'Z') {
      at = start;
      all.push(at);
      continue;
    }
    for (let from = 0; size > 0 && from + size <= values.length; from += size) {
      const own = values.slice(from, from + size);
      const base = relative ? at : { x: 0, y: 0 };
      const point = (index: number): Point => ({
        x: base.x + (own[index] ?? 0),
        y: base.y + (own[index + 1] ?? 0),
      });
      const before = at;
      let next: Point;
      let after: Point | undefined;
      switch (kind) {
        case 'H':
          next = { x: base.x + (own[0] ?? 0), y: at.y };
          all.push(next);
          break;
        case 'V':
          next = { x: at.x, y: base.y + (own[0] ?? 0) };
          all.push(next);
          break;
        case 'C':
        case 'S': {
          const one = kind === 'C' ? point(0) : mirror(control, at);
          after = point(size - 4);
          next = point(size - 2);
          all.push(...bezier(before, one, after, next));
          break;
        }
        case 'Q':
        case 'T': {
          after = kind === 'Q' ? point(0) : mirror(control, at);
          next = point(size - 2);
          all.push(...bezier(before, towards(before, after), towards(next, after), next));
          break;
        }
        case 'A':
          next = point(5);
          all.push(...arc(before, own, next));
          break;
        default:
          next = point(0);
          all.push(next);
      }
      if (kind === 'M' && from === 0) start = next;
      at = next;
      control = after;
    }
  }
  return all;
}

const sizes: Record<string, number> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7 };

/** The numbers in a list of SVG's. */
export function numbers(text: string): number[] {
  return (text.match(/[-+]?(?:\d*\.\d+|\d+\.?)(?:e[-+]?\d+)?/gi) ?? []).map(Number);
}

/** An arc's two flags may be written without anything between them and what follows. */
function arcNumbers(text: string): number[] {
  const number = String.raw`([-+]?(?:\d*\.\d+|\d+\.?)(?:e[-+]?\d+)?)`;
  const arcs = new RegExp(
    String.raw`${number}[\s,]*${number}[\s,]*${number}[\s,]*([01])[\s,]*([01])[\s,]*${number}[\s,]*${number}`,
    'gi',
  );
  return [...text.matchAll(arcs)].flatMap((match) => match.slice(1, 8).map(Number));
}

function mirror(control: Point | undefined, at: Point): Point {
  return control ? { x: 2 * at.x - control.x, y: 2 * at.y - control.y } : at;
}

function towards(end: Point, control: Point): Point {
  return { x: end.x + (2 / 3) * (control.x - end.x), y: end.y + (2 / 3) * (control.y - end.y) };
}

function bezier(from: Point, one: Point, two: Point, to: Point): Point[] {
  return Array.from({ length: pieces }, (_, step) => {
    const t = (step + 1) / pieces;
    const u = 1 - t;
    const mix = (a: number, b: number, c: number, d: number): number =>
      u ** 3 * a + 3 * u * u * t * b + 3 * u * t * t * c + t ** 3 * d;
    return { x: mix(from.x, one.x, two.x, to.x), y: mix(from.y, one.y, two.y, to.y) };
  });
}

/** An arc from its ends, as the SVG specification turns it into a centre and angles (B.2.4). */
function arc(
  from: Point,
  [rx0 = 0, ry0 = 0, turn = 0, large = 0, sweep = 0]: number[],
  to: Point,
): Point[] {
  const angle = (turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [hx, hy] = [(from.x - to.x) / 2, (from.y - to.y) / 2];
  const [x1, y1] = [cos * hx + sin * hy, cos * hy - sin * hx];
  if (rx0 === 0 || ry0 === 0 || (hx === 0 && hy === 0)) return [to];
  const grow = Math.max(1, Math.sqrt((x1 / rx0) ** 2 + (y1 / ry0) ** 2));
  const [rx, ry] = [Math.abs(rx0) * grow, Math.abs(ry0) * grow];
  const over = (x1 / rx) ** 2 + (y1 / ry) ** 2;
  const far = Math.sqrt(Math.max(0, 1 / over - 1)) * (large === sweep ? -1 : 1);
  const [cx1, cy1] = [(far * rx * y1) / ry, (-far * ry * x1) / rx];
  const cx = cos * cx1 - sin * cy1 + (from.x + to.x) / 2;
  const cy = sin * cx1 + cos * cy1 + (from.y + to.y) / 2;
  const first = Math.atan2((y1 - cy1) / ry, (x1 - cx1) / rx);
  const last = Math.atan2((-y1 - cy1) / ry, (-x1 - cx1) / rx);
  const full = 2 * Math.PI;
  const span =
    sweep === 1
      ? (((last - first) % full) + full) % full
      : -((((first - last) % full) + full) % full);
  return Array.from({ length: 2 * pieces }, (_, step) => {
    const t = first + (span * (step + 1)) / (2 * pieces);
    const [x, y] = [rx * Math.cos(t), ry * Math.sin(t)];
    return { x: cx + cos * x - sin * y, y: cy + sin * x + cos * y };
  });
}
