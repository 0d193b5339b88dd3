import type { DOMWindow } from 'jsdom';
import { openCascade, still } from './cascade.ts';
import type { Font } from './font.ts';
import { transformRect } from './matrix.ts';
import { boxOf, matrixOf } from './measure.ts';
import { followPath } from './pathData.ts';
import { distance, type Point, type Rect } from './plane.ts';
import { sizeOf, textProperties, weightOf } from './textBox.ts';
import { wrap } from './words.ts';

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
  'screen',
];

const nowhere: Rect = { x: 0, y: 0, width: 0, height: 0 };

/**
 * A page without a browser: jsdom, which lays nothing out, and the geometry that Mermaid asks for,
 * with text as wide as `font` says. Writes the page's names into the global scope.
 */
export async function openBrowser(font: Font): Promise<DOMWindow> {
  const { JSDOM } = await import('jsdom');
  const { window } = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true });
  const cascade = openCascade(new Set(textProperties));
  const measure = (element: Element): Rect => boxOf(element, font, still(cascade)) ?? nowhere;
  define(window.SVGElement.prototype, {
    getBBox() {
      return measure(this);
    },
    getComputedTextLength() {
      return measure(this).width;
    },
    getTotalLength() {
      return pathLength(followPath(this.getAttribute('d') ?? ''));
    },
    getPointAtLength(at = 0) {
      return pointAt(followPath(this.getAttribute('d') ?? ''), at);
    },
    getBoundingClientRect() {
      return edged(transformRect(matrixOf(this), measure(this)));
    },
  });
  define(window.HTMLElement.prototype, {
    getBoundingClientRect() {
      return edged(measureHtml(this, font));
    },
  });
  const canvas = {
    font: '',
    measureText(text: string) {
      const size = Number.parseFloat(/([\d.]+)px/.exec(this.font)?.[1] ?? '16');
      return { width: font.width(text, size, /bold|[6-9]00/.test(this.font) ? 600 : 400) };
    },
  };
  // what is painted on a canvas goes nowhere
  const context = new Proxy(canvas, {
    get: (target, name) => (name in target ? Reflect.get(target, name) : () => undefined),
  });
  define(window.HTMLCanvasElement.prototype, { getContext: () => context });
  // C4 asks how many boxes go into a row; class diagrams, whether a label is centred
  define(window, {
    getComputedStyle(element: Element) {
      const value = (name: string): string => cascade.inherited(element, name) ?? '';
      return {
        fontSize: `${sizeOf(element, cascade)}px`,
        textAnchor: value('text-anchor') || 'start',
        getPropertyValue: value,
      };
    },
  });
  Object.defineProperty(window, 'screen', { value: { availWidth: 1280, availHeight: 720 } });
  for (const name of globals)
    Object.defineProperty(globalThis, name, {
      value: name === 'window' ? window : Reflect.get(window, name),
      configurable: true,
      writable: true,
    });
  return window;

  function measureHtml(element: Element, face: Font): Rect {
    const size = sizeOf(element, cascade);
    const limit = Number.parseFloat(
      /max-width:\s*([\d.]+)px/.exec(element.getAttribute('style') ?? '')?.[1] ?? 'Infinity',
    );
    const lines = linesOf(element).flatMap((line) =>
      wrap(line, limit, size, weightOf(element, cascade), face),
    );
    const widths = lines.map((line) => face.width(line, size, weightOf(element, cascade)));
    return { x: 0, y: 0, width: Math.max(0, ...widths), height: lines.length * size * 1.5 };
  }
}

type Asked = (element: Element) => unknown;
type Method = (this: Element, ...rest: number[]) => unknown;

function define(prototype: object, methods: Record<string, Method | Asked>): void {
  for (const [name, value] of Object.entries(methods))
    Object.defineProperty(prototype, name, { value, configurable: true });
}

function edged(rect: Rect): Rect & { left: number; top: number; right: number; bottom: number } {
  const { x, y, width, height } = rect;
  return { ...rect, left: x, top: y, right: x + width, bottom: y + height };
}

/** The lines of text that a piece of HTML shows: blocks and line breaks begin new ones. */
export function linesOf(element: Element): string[] {
  const lines = [''];
  const walk = (node: Node): void => {
    if (node.nodeType === node.TEXT_NODE) lines[lines.length - 1] += node.textContent ?? '';
    else {
      const name = 'localName' in node ? String(node.localName) : '';
      const block = /^(p|div|li|br|h[1-6]|tr)$/.test(name) && lines.at(-1)?.trim() !== '';
      if (block) lines.push('');
      for (const child of node.childNodes) walk(child);
      if (block && name !== 'br') lines.push('');
    }
  };
  walk(element);
  return lines.map((line) => line.replaceAll(/\s+/g, ' ').trim()).filter((line) => line !== '');
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
