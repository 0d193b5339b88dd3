import type { Box, Drawing } from '../deck.ts';
import { openCascade } from './cascade.ts';
import { DiagramError } from './error.ts';
import type { Font } from './font.ts';
import { setForeign } from './foreign.ts';
import { hoistStyles } from './hoist.ts';
import { boxOf, matrixOf } from './measure.ts';
import { mend } from './mend.ts';
import type { OtherChart } from './mermaid.ts';
import { numbers } from './pathData.ts';
import { grow, number, type Rect } from './plane.ts';
import { sizeOf, textProperties } from './textBox.ts';

/** Around the whole, in units of the drawing: half of a thick line. */
const margin = 3;

/** What an SVG of ours may consist of; all else is left out, with what is in it. */
const elements = new Set([
  'svg',
  'g',
  'path',
  'rect',
  'circle',
  'ellipse',
  'line',
  'polygon',
  'polyline',
  'text',
  'tspan',
  'defs',
  'marker',
  'clipPath',
  'mask',
  'linearGradient',
  'stop',
  'title',
]);
const attributes =
  /^(class|d|x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|dx|dy|width|height|points|transform|viewBox|preserveAspectRatio|orient|refX|refY|markerWidth|markerHeight|markerUnits|marker-(start|mid|end)|clip-path|clipPathUnits|mask|maskUnits|offset|gradientUnits|font-size|id)$/;

/** A drawing of Mermaid's, ready to be measured: text is SVG text in the font of the deck. */
interface Prepared {
  svg: SVGElement;
  bounds: Rect;
  texts: { text: Element; size: number; length: number; scale: number }[];
  /** Also of what only holds other text: its places may be in `em`. */
  sizes: (readonly [element: Element, size: number])[];
}

/** Letters are never higher than this, in pixels. */
const largest = 24;
/** Nor need they be higher for another manner to be tried. */
const enough = 18;

/**
 * A diagram that is no flowchart as Mermaid draws it, in the deck's colours and font, in the manner
 * that makes its letters largest. It has no model: nothing in it is bound to the cluster.
 */
export async function drawOther(
  chart: OtherChart,
  box: Box,
  prefix: string,
  font: Font,
): Promise<Drawing> {
  let best: { prepared: Prepared; unit: number; label: number } | undefined;
  for (const manner of chart.manners) {
    const prepared = prepare(await chart.draw(manner), font, chart.type);
    const unit = unitIn(prepared, box);
    const label = Math.min(enough, ...prepared.texts.map(({ size, scale }) => size * scale * unit));
    if (!best || label > best.label * 1.04) best = { prepared, unit, label };
    if (label >= enough) break;
  }
  if (!best) throw undrawable(chart.type);
  return finish(best.prepared, best.unit, chart, prefix);
}

function prepare(svg: SVGElement, font: Font, type: string): Prepared {
  const cascade = openCascade(new Set(textProperties));
  // what depends on the day of drawing is no part of a talk
  for (const dated of svg.querySelectorAll('.today')) dated.remove();
  cutLines(svg);
  setForeign(svg, font, cascade);
  mend(svg, font, cascade);
  const drawn = boxOf(svg, font, cascade);
  if (!(drawn && drawn.width > 0 && drawn.height > 0)) throw undrawable(type);
  const texts = [...svg.querySelectorAll('text, tspan')].flatMap((text) => {
    const own = [...text.childNodes].filter((one) => one.nodeType === one.TEXT_NODE);
    const { length } = own
      .map((one) => one.textContent ?? '')
      .join('')
      .trim();
    if (length === 0) return [];
    const [a, b] = matrixOf(text);
    return [{ text, size: sizeOf(text, cascade), length, scale: Math.hypot(a, b) }];
  });
  const sizes = [...svg.querySelectorAll('text, tspan')].map(
    (element) => [element, sizeOf(element, cascade)] as const,
  );
  return { svg, bounds: grow(drawn, margin), texts, sizes };
}

/** A lifeline goes on for two thousand units, to be cut off by the edge of the drawing. */
function cutLines(svg: Element): void {
  const [, top = 0, , height = 0] = numbers(svg.getAttribute('viewBox') ?? '');
  const bottom = top + height;
  for (const line of svg.querySelectorAll('line'))
    if (Number(line.getAttribute('y2')) > bottom && !line.closest('[transform]'))
      line.setAttribute('y2', number(bottom));
}

/** Pixels of the canvas that a unit of the drawing comes out as: most letters at most as `largest`. */
function unitIn({ bounds, texts }: Prepared, box: Box): number {
  const lengths = new Map<number, number>();
  for (const { size, scale, length } of texts)
    lengths.set(size * scale, (lengths.get(size * scale) ?? 0) + length);
  const [usual = 16] = [...lengths].toSorted(([, a], [, b]) => b - a)[0] ?? [];
  return Math.min(box.width / bounds.width, box.height / bounds.height, largest / usual);
}

function finish(
  { svg, bounds, texts, sizes }: Prepared,
  unit: number,
  chart: OtherChart,
  prefix: string,
): Drawing {
  const style = hoistStyles(svg, prefix);
  for (const [element, size] of sizes) element.setAttribute('font-size', number(size));
  strip(svg, prefix);
  const words = texts.map(({ text }) => text.textContent.trim()).filter((word) => word !== '');
  const root = svg.getAttribute('class') ?? '';
  const view = [bounds.x, bounds.y, bounds.width, bounds.height].map(number).join(' ');
  for (const [name, value] of [
    ['class', `diagram other ${prefix} ${root}`.trim()],
    ['data-type', chart.type],
    ['role', 'img'],
    ['viewBox', view],
    ['width', number(bounds.width * unit)],
    ['height', number(bounds.height * unit)],
    ['aria-labelledby', `${prefix}-title`],
    ['aria-describedby', `${prefix}-desc`],
  ] as const)
    svg.setAttribute(name, value);
  svg.prepend(
    named(svg, 'title', `${prefix}-title`, chart.title || `Diagram: ${chart.type}`),
    named(svg, 'desc', `${prefix}-desc`, chart.description || words.join(', ')),
  );
  const text = svg.outerHTML.replaceAll(/-?\d+\.\d{3,}/g, (digits) => number(Number(digits)));
  if (/="[^"]*\b(NaN|undefined|Infinity)\b/.test(text)) throw undrawable(chart.type);
  const smallest = Math.min(...texts.map(({ size, scale }) => size * scale));
  return {
    svg: text,
    model: { nodes: [], groups: [], edges: [] },
    label: Math.round((Number.isFinite(smallest) ? smallest * unit : largest) * 100) / 100,
    style,
  };
}

function undrawable(type: string): DiagramError {
  return new DiagramError(`A diagram of the kind “${type}” can't be drawn without a browser.`);
}

function strip(element: Element, prefix: string): void {
  for (const child of Array.from(element.children)) {
    if (elements.has(child.localName)) strip(child, prefix);
    else if (child.localName === 'switch' || child.localName === 'a') {
      strip(child, prefix);
      child.replaceWith(...child.childNodes);
    } else child.remove();
  }
  for (const name of element.getAttributeNames()) {
    const value = element.getAttribute(name) ?? '';
    if (!attributes.test(name)) element.removeAttribute(name);
    else if (name === 'id') element.id = `${prefix}-${value}`;
    else if (/url\(/.test(value)) {
      const own = /^url\("?'?#([\w-]+)"?'?\)$/.exec(value)?.[1];
      if (own) element.setAttribute(name, `url(#${prefix}-${own})`);
      else element.removeAttribute(name);
    }
  }
}

function named(svg: Element, tag: string, id: string, text: string): Element {
  const element = svg.ownerDocument.createElementNS('http://www.w3.org/2000/svg', tag);
  element.id = id;
  element.textContent = text;
  return element;
}
