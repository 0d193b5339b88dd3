import type { Cascade } from './cascade.ts';
import type { Font, Weight } from './font.ts';
import { type Rect, union } from './plane.ts';

/** Properties that say how large a text is and where it stands. */
export const textProperties = [
  'font-size',
  'font-weight',
  'line-height',
  'text-anchor',
  'dominant-baseline',
  'alignment-baseline',
  'display',
] as const;

/** A piece of text that is set in one go, with the piece of the line that it is anchored with. */
interface Run {
  text: string;
  element: Element;
  x: number;
  y: number;
  width: number;
  size: number;
  chunk: number;
}

/** What a `text`, or a `tspan` in it, takes of the plane; undefined: nothing. */
export function textBox(element: Element, font: Font, cascade: Cascade): Rect | undefined {
  const root = element.localName === 'text' ? element : (element.closest('text') ?? element);
  const rects = setText(root, font, cascade)
    .filter(({ element: own }) => element.contains(own))
    .map(({ element: own, x, y, width, size }) => ({
      x,
      y: y - font.ascent * size,
      width,
      height:
        Number(/^(\d+)px$/.exec(cascade.inherited(own, 'line-height') ?? '')?.[1] ?? 0) ||
        (font.ascent + font.descent) * size,
    }));
  return rects.length > 0 ? union(rects) : undefined;
}

/** Height of the letters of an element, in the unit of its own plane. */
export function sizeOf(element: Element, cascade: Cascade): number {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const text = cascade.declared(at).get('font-size');
    if (text === undefined || text === 'inherit') continue;
    const value = Number.parseFloat(text);
    if (!Number.isFinite(value)) continue;
    const outer = (): number => (at?.parentElement ? sizeOf(at.parentElement, cascade) : usual);
    if (text.endsWith('%')) return (value / 100) * outer();
    if (text.endsWith('rem')) return value * usual;
    if (text.endsWith('em')) return value * outer();
    if (text.endsWith('ex')) return value * outer() * 0.5;
    return text.endsWith('pt') ? (value * 4) / 3 : value;
  }
  return usual;
}

export function weightOf(element: Element, cascade: Cascade): Weight {
  const weight = cascade.inherited(element, 'font-weight') ?? '400';
  return /bold/.test(weight) || Number.parseFloat(weight) > 500 ? 600 : 400;
}

const usual = 16;

/** Sets a `text` as SVG does: each `x` or `y` begins a chunk that is anchored on its own. */
function setText(root: Element, font: Font, cascade: Cascade): Run[] {
  const runs: Run[] = [];
  const pen = { x: 0, y: 0, chunk: 0 };
  const anchors = new Map<number, string>();
  const walk = (element: Element): void => {
    const size = sizeOf(element, cascade);
    const length = (name: string): number | undefined => {
      const text =
        element
          .getAttribute(name)
          ?.trim()
          .split(/[\s,]+/)[0] ?? '';
      const value = Number.parseFloat(text);
      if (!Number.isFinite(value)) return undefined;
      return text.endsWith('em') ? value * size : value;
    };
    const [x, y] = [length('x'), length('y')];
    if (x !== undefined || y !== undefined) pen.chunk++;
    pen.x = (x ?? pen.x) + (length('dx') ?? 0);
    pen.y = (y ?? pen.y) + (length('dy') ?? 0);
    const weight = weightOf(element, cascade);
    const shift = shiftOf(element, font, cascade) * size;
    for (const child of element.childNodes) {
      if (child.nodeType === child.ELEMENT_NODE && 'localName' in child) {
        walk(child as Element);
        continue;
      }
      const text = (child.textContent ?? '').replaceAll(/\s+/g, ' ');
      const shown = runs.some((run) => run.chunk === pen.chunk) ? text : text.trimStart();
      if (shown === '') continue;
      const width = font.width(shown, size, weight);
      if (!anchors.has(pen.chunk))
        anchors.set(pen.chunk, cascade.inherited(element, 'text-anchor') ?? 'start');
      runs.push({
        text: shown,
        element,
        x: pen.x,
        y: pen.y + shift,
        width,
        size,
        chunk: pen.chunk,
      });
      pen.x += width;
    }
  };
  walk(root);
  for (const [chunk, anchor] of anchors) {
    const own = runs.filter((run) => run.chunk === chunk);
    const last = own.at(-1);
    if (last?.text.endsWith(' ')) {
      const { element, size } = last;
      last.width = font.width(last.text.trimEnd(), size, weightOf(element, cascade));
    }
    const width = own.reduce((sum, run) => sum + run.width, 0);
    const by = anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0;
    for (const run of own) run.x -= by;
  }
  return runs.filter(({ text }) => text.trim() !== '');
}

/** How far a baseline other than the usual one moves the letters down, as a part of their size. */
function shiftOf(element: Element, font: Font, cascade: Cascade): number {
  const name =
    cascade.declared(element).get('alignment-baseline') ??
    cascade.inherited(element, 'dominant-baseline') ??
    'auto';
  switch (name) {
    case 'middle':
      return font.middle / 2;
    case 'central':
      return (font.ascent - font.descent) / 2;
    case 'hanging':
      return font.ascent * 0.8;
    case 'text-before-edge':
    case 'text-top':
    case 'before-edge':
      return font.ascent;
    case 'text-after-edge':
    case 'after-edge':
    case 'text-bottom':
      return -font.descent;
    default:
      return 0;
  }
}
