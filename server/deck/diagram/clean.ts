import type { Box, Drawing } from '../deck.ts';
import { DiagramError } from './error.ts';
import type { Chart } from './mermaid.ts';
import { number } from './plane.ts';

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
]);
const attributes =
  /^(class|d|x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|dx|dy|width|height|points|transform|text-anchor|dominant-baseline|alignment-baseline|viewBox|orient|refX|refY|markerWidth|markerHeight|markerUnits|marker-(start|mid|end)|stroke-width|stroke-dasharray|id)$/;

/** The size of type that Mermaid's own drawings are measured in. */
const size = 16;

/**
 * A diagram that is no flowchart as Mermaid draws it, without its styles: those of `diagram.css`
 * take their place. It has no model: nothing in it is bound to the cluster.
 */
export function cleanPicture(
  chart: Extract<Chart, { kind: 'other' }>,
  box: Box,
  prefix: string,
): Drawing {
  const { svg } = chart;
  const [, , width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(/\s+/).map(Number);
  if (!(width > 0 && height > 0)) throw undrawable();
  const unit = Math.min(box.width / width, box.height / height, 24 / size);
  strip(svg, prefix);
  svg.setAttribute('class', 'diagram other');
  svg.setAttribute('data-type', chart.type);
  svg.setAttribute('role', 'img');
  svg.setAttribute('width', number(width * unit));
  svg.setAttribute('height', number(height * unit));
  svg.setAttribute('font-size', String(size));
  svg.setAttribute('aria-labelledby', `${prefix}-title`);
  svg.setAttribute('aria-describedby', `${prefix}-desc`);
  svg.prepend(
    named(svg, 'title', `${prefix}-title`, chart.title),
    named(svg, 'desc', `${prefix}-desc`, chart.text),
  );
  const text = svg.outerHTML.replaceAll(/-?\d+\.\d{3,}/g, (digits) => number(Number(digits)));
  if (/="[^"]*\b(NaN|undefined)\b/.test(text)) throw undrawable();
  return {
    svg: text,
    model: { nodes: [], groups: [], edges: [] },
    label: Math.round(size * unit * 100) / 100,
  };
}

function undrawable(): DiagramError {
  return new DiagramError('Mermaid needs a browser to draw this kind of diagram.');
}

function strip(element: Element, prefix: string): void {
  for (const child of Array.from(element.children))
    if (elements.has(child.localName)) strip(child, prefix);
    else child.remove();
  // what a style says of a text's anchor is part of where it stands
  const anchor = /text-anchor:\s*(\w+)/.exec(element.getAttribute('style') ?? '')?.[1];
  if (anchor) element.setAttribute('text-anchor', anchor);
  for (const name of element.getAttributeNames()) {
    const value = element.getAttribute(name) ?? '';
    if (!attributes.test(name)) element.removeAttribute(name);
    else if (name === 'id') element.id = `${prefix}-${value}`;
    else if (/url\(/.test(value))
      element.setAttribute(name, value.replace(/url\("?#/, `url(#${prefix}-`).replace('")', ')'));
  }
}

function named(svg: Element, tag: string, id: string, text: string): Element {
  const element = svg.ownerDocument.createElementNS('http://www.w3.org/2000/svg', tag);
  element.id = id;
  element.textContent = text;
  return element;
}
