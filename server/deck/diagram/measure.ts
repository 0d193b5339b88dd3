import type { Cascade } from './cascade.ts';
import type { Font } from './font.ts';
import { type Matrix, multiply, parseTransform, transformRect } from './matrix.ts';
import { followPath, numbers } from './pathData.ts';
import { type Point, type Rect, union } from './plane.ts';
import { textBox } from './textBox.ts';

/** What is never seen where it stands. */
const unseen = new Set([
  'style',
  'defs',
  'marker',
  'title',
  'desc',
  'clipPath',
  'mask',
  'symbol',
  'pattern',
  'filter',
  'linearGradient',
  'radialGradient',
  'script',
  'metadata',
]);

/** What an element takes of the plane that its children stand in; undefined: nothing. */
export function boxOf(element: Element, font: Font, cascade: Cascade): Rect | undefined {
  const value = (name: string): number => Number.parseFloat(element.getAttribute(name) ?? '') || 0;
  switch (element.localName) {
    case 'rect':
    case 'image':
    case 'foreignObject':
      // without an area it is not drawn at all
      return value('width') > 0 && value('height') > 0
        ? { x: value('x'), y: value('y'), width: value('width'), height: value('height') }
        : undefined;
    case 'circle':
    case 'ellipse': {
      const rx = value(element.localName === 'circle' ? 'r' : 'rx');
      const ry = value(element.localName === 'circle' ? 'r' : 'ry');
      return { x: value('cx') - rx, y: value('cy') - ry, width: 2 * rx, height: 2 * ry };
    }
    case 'line':
      return hull([
        { x: value('x1'), y: value('y1') },
        { x: value('x2'), y: value('y2') },
      ]);
    case 'path':
      return hull(followPath(element.getAttribute('d') ?? ''));
    case 'polygon':
    case 'polyline':
      return hull(pairs(numbers(element.getAttribute('points') ?? '')));
    case 'text':
    case 'tspan':
      return textBox(element, font, cascade);
    default: {
      const rects = [...element.children]
        .filter(
          (child) =>
            !unseen.has(child.localName) && cascade.declared(child).get('display') !== 'none',
        )
        .flatMap((child) => placed(child, boxOf(child, font, cascade)) ?? []);
      return rects.length > 0 ? union(rects) : undefined;
    }
  }
}

/** A child's box in its parent's plane. */
function placed(child: Element, rect: Rect | undefined): Rect | undefined {
  return rect && transformRect(ownMatrix(child), rect);
}

/** From the plane of an element's children to that of its parent. */
function ownMatrix(element: Element): Matrix {
  const own = parseTransform(element.getAttribute('transform') ?? '');
  if (element.localName !== 'svg' || element.parentElement?.namespaceURI !== element.namespaceURI)
    return own;
  // a drawing in a drawing: an icon
  const value = (name: string): number => Number.parseFloat(element.getAttribute(name) ?? '') || 0;
  const moved = multiply(own, [1, 0, 0, 1, value('x'), value('y')]);
  const [x = 0, y = 0, width = 0, height = 0] = numbers(element.getAttribute('viewBox') ?? '');
  if (width <= 0 || height <= 0 || value('width') <= 0) return moved;
  const scale = Math.min(value('width') / width, value('height') / height);
  return multiply(moved, [scale, 0, 0, scale, -x * scale, -y * scale]);
}

/** From the plane of an element's children to that of the whole drawing. */
export function matrixOf(element: Element): Matrix {
  const own = ownMatrix(element);
  const { parentElement } = element;
  return parentElement && parentElement.namespaceURI === element.namespaceURI
    ? multiply(matrixOf(parentElement), own)
    : own;
}

function pairs(values: number[]): Point[] {
  return values.flatMap((x, at) => {
    const y = values[at + 1];
    return at % 2 === 0 && y !== undefined ? [{ x, y }] : [];
  });
}

function hull(all: Point[]): Rect | undefined {
  const rects = all.map((point) => ({ ...point, width: 0, height: 0 }));
  return rects.length > 0 ? union(rects) : undefined;
}
