import type { DOMWindow } from 'jsdom';
import type { Font } from './font.ts';
import { distance, type Point, type Rect, union } from './plane.ts';

const size = 16;
const lineHeight = 20;

/** What Mermaid expects of the global scope of a page. */
const globals = [
  'window',
  'document',
  'Element',
  'SVGElement',
  'HTMLElement',
  'Node',
  'DOMParser',
  'XMLSerializer',
  'getComputedStyle',
  'NodeFilter',
  'CSSStyleSheet',
];

/**
 * A page without a browser: jsdom, which lays nothing out, and the geometry that Mermaid asks for,
 * with text as wide as `font` says. Writes the page's names into the global scope.
 */
export async function openBrowser(font: Font): Promise<DOMWindow> {
  const { JSDOM } = await import('jsdom');
  const { window } = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true });
  const measure = (element: Element): Rect => box(element, font) ?? nowhere;
  const methods: Record<string, (this: Element, ...rest: number[]) => unknown> = {
    getBBox() {
      return measure(this);
    },
    getComputedTextLength() {
      return measure(this).width;
    },
    getTotalLength() {
      return pathLength(points(this.getAttribute('d') ?? ''));
    },
    getPointAtLength(at = 0) {
      return pointAt(points(this.getAttribute('d') ?? ''), at);
    },
    getBoundingClientRect() {
      return measure(this);
    },
  };
  for (const [name, value] of Object.entries(methods))
    Object.defineProperty(window.SVGElement.prototype, name, { value, configurable: true });
  for (const name of globals)
    Object.defineProperty(globalThis, name, {
      value: name === 'window' ? window : Reflect.get(window, name),
      configurable: true,
      writable: true,
    });
  return window;
}

const nowhere: Rect = { x: 0, y: 0, width: 0, height: 0 };
const unseen = new Set(['style', 'defs', 'marker', 'title', 'desc']);

/** What an element takes of the plane of its parent; undefined: nothing. */
function box(element: Element, font: Font): Rect | undefined {
  const value = (name: string): number => Number.parseFloat(element.getAttribute(name) ?? '') || 0;
  switch (element.localName) {
    case 'rect':
    case 'image':
    case 'foreignObject':
      return { x: value('x'), y: value('y'), width: value('width'), height: value('height') };
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
      return hull(points(element.getAttribute('d') ?? ''));
    case 'polygon':
    case 'polyline':
      return hull(pairs(numbers(element.getAttribute('points') ?? '')));
    case 'text':
    case 'tspan':
      return textBox(element, font);
    default: {
      const rects = [...element.children]
        .filter((child) => !unseen.has(child.localName))
        .flatMap((child) => moved(child, box(child, font)) ?? []);
      return rects.length > 0 ? union(rects) : undefined;
    }
  }
}

function textBox(element: Element, font: Font): Rect | undefined {
  const rows = [...element.children].filter((child) =>
    child.classList.contains('text-outer-tspan'),
  );
  const lines = rows.length > 0 ? rows.map(textOf) : [textOf(element)];
  if (lines.every((line) => line === '')) return undefined;
  const width = Math.max(...lines.map((line) => font.width(line, size, 600)));
  const x = Number.parseFloat(element.getAttribute('x') ?? '') || 0;
  const y = Number.parseFloat(element.getAttribute('y') ?? '') || 0;
  const middle = /middle/.test(
    `${element.getAttribute('text-anchor')}${element.getAttribute('style')}`,
  );
  return { x: middle ? x - width / 2 : x, y: y - size, width, height: lines.length * lineHeight };
}

function textOf(element: Element): string {
  return (element.textContent ?? '').trim();
}

/** A child's box in its parent's plane. */
function moved(child: Element, rect: Rect | undefined): Rect | undefined {
  if (!rect) return undefined;
  const by = translation(child);
  return { ...rect, x: rect.x + by.x, y: rect.y + by.y };
}

/** What the element's own `translate(…)` says. */
export function translation(element: Element): Point {
  const inside = /translate\(([^)]*)\)/.exec(element.getAttribute('transform') ?? '');
  const [x = 0, y = 0] = numbers(inside?.[1] ?? '');
  return { x, y };
}

function numbers(text: string): number[] {
  return (text.match(/-?\d*\.?\d+(?:e[-+]?\d+)?/gi) ?? []).map(Number);
}

function pairs(values: number[]): Point[] {
  return values.flatMap((x, at) => {
    const y = values[at + 1];
    return at % 2 === 0 && y !== undefined ? [{ x, y }] : [];
  });
}

/** The points that a path of absolute commands names; an arc gives its end. */
function points(d: string): Point[] {
  return [...d.matchAll(/([a-z])([^a-z]*)/gi)].flatMap(([, command = '', text = '']) => {
    const values = numbers(text);
    return pairs(command.toUpperCase() === 'A' ? values.slice(-2) : values);
  });
}

function hull(all: Point[]): Rect | undefined {
  const rects = all.map((point) => ({ ...point, width: 0, height: 0 }));
  return rects.length > 0 ? union(rects) : undefined;
}

function pathLength(all: Point[]): number {
  return all.slice(1).reduce((sum, point, at) => sum + distance(all[at] ?? point, point), 0);
}

function pointAt(all: Point[], length: number): Point {
  let rest = length;
  for (const [at, point] of all.slice(1).entries()) {
    const from = all[at] ?? point;
    const step = distance(from, point);
    if (rest <= step && step > 0)
      return {
        x: from.x + ((point.x - from.x) * rest) / step,
        y: from.y + ((point.y - from.y) * rest) / step,
      };
    rest -= step;
  }
  return all.at(-1) ?? { x: 0, y: 0 };
}
