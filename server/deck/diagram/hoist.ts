import { type Cascade, openCascade } from './cascade.ts';
import { ourColour, type Use } from './palette.ts';

const paints = ['fill', 'stroke', 'stop-color'] as const;
/** Values of these go into the style sheet as they are, if they look like this. */
const plain: Record<string, RegExp> = {
  'stroke-width': /^[\d.]+(px)?$/,
  'stroke-dasharray': /^(none|[\d.]+(px)?([\s,]+[\d.]+(px)?)*)$/,
  'stroke-linecap': /^(butt|round|square)$/,
  'stroke-linejoin': /^(miter|round|bevel)$/,
  'fill-opacity': /^[\d.]+%?$/,
  'stroke-opacity': /^[\d.]+%?$/,
  opacity: /^[\d.]+%?$/,
  'fill-rule': /^(nonzero|evenodd)$/,
  'font-style': /^(italic|oblique|normal)$/,
  'text-decoration': /^(underline|line-through|none)$/,
  'text-anchor': /^(start|middle|end)$/,
  'dominant-baseline': /^[a-z-]+$/,
  'alignment-baseline': /^[a-z-]+$/,
  'paint-order': /^(normal|stroke|fill)( (stroke|fill|markers))*$/,
};
const looked = new Set([
  ...paints,
  ...Object.keys(plain),
  'font-weight',
  'display',
  'visibility',
  'color',
  'mix-blend-mode',
]);

/**
 * Takes the colours and lines out of an SVG's style sheets, attributes and inline styles and puts
 * them into one sheet, as classes under `scope`. Text is told by its size and weight, too.
 */
export function hoistStyles(svg: Element, scope: string): string {
  const cascade = openCascade(looked);
  const classes = new Map<string, string>();
  const styled: { element: Element; rule: string }[] = [];
  for (const element of [svg, ...svg.querySelectorAll('*')]) {
    const declared = cascade.declared(element);
    if (isHidden(declared)) {
      element.setAttribute('data-hidden', '');
      continue;
    }
    styled.push({ element, rule: ruleOf(element, declared, cascade) });
  }
  for (const { element, rule } of styled) {
    for (const name of [...looked, 'style']) element.removeAttribute(name);
    if (rule === '') {
      element.removeAttribute('class');
      continue;
    }
    const name = classes.get(rule) ?? `s${classes.size.toString(36)}`;
    classes.set(rule, name);
    element.setAttribute('class', name);
  }
  for (const element of svg.querySelectorAll('[data-hidden]')) element.remove();
  return [...classes]
    .map(([rule, name]) => `.${scope} .${name}, .${scope}.${name} { ${rule} }\n`)
    .join('');
}

function isHidden(declared: Map<string, string>): boolean {
  return declared.get('display') === 'none' || declared.get('visibility') === 'hidden';
}

function ruleOf(element: Element, declared: Map<string, string>, cascade: Cascade): string {
  const isText = /^(text|tspan)$/.test(element.localName);
  const isBlended = cascade.inherited(element, 'mix-blend-mode') === 'multiply';
  const parts: string[] = [];
  for (const name of paints) {
    const value = declared.get(name);
    if (value === undefined) continue;
    const colour =
      value === 'currentColor'
        ? 'var(--ink)'
        : ourColour(value, useOf(name, element, isText, isBlended));
    if (colour) parts.push(`${name}: ${colour};`);
  }
  if (isText && !declared.has('stroke')) parts.push('stroke: none;');
  for (const [name, pattern] of Object.entries(plain)) {
    const value = declared.get(name);
    if (value === undefined || !pattern.test(value)) continue;
    if (isText && name.endsWith('opacity')) continue;
    parts.push(`${name}: ${value};`);
  }
  const weight = declared.get('font-weight');
  if (weight !== undefined)
    parts.push(
      `font-weight: ${/bold/.test(weight) || Number.parseFloat(weight) > 500 ? 600 : 400};`,
    );
  return parts.join(' ');
}

/** Broad bands that lie over one another are areas. */
function useOf(name: string, element: Element, isText: boolean, isBand: boolean): Use {
  if (isText && name === 'fill') return 'text';
  if (name === 'stroke') return isBand ? 'fill' : 'stroke';
  const isDot = element.localName === 'circle' && Number(element.getAttribute('r')) <= dot;
  return isDot ? 'dot' : 'fill';
}

/** Circles up to this radius are dots. */
const dot = 10;
