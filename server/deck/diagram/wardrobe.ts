import type { Paint } from './paint.ts';

/** The author's own colours in a drawing, as classes: nothing is styled inline. */
export interface Wardrobe {
  /** The class, with a space before it, that wears this; empty without. */
  classOf(part: 'node' | 'edge' | 'group', paint: Paint | undefined): string;
  /** The rules of the classes that were given. */
  css(): string;
}

/** @param scope a class of the drawing */
export function openWardrobe(scope: string): Wardrobe {
  const worn = new Map<string, string>();
  return {
    classOf(part, paint) {
      if (!paint) return '';
      const key = rulesOf(part, paint);
      const name = worn.get(key) ?? `${part}-${worn.size + 1}`;
      if (!worn.has(key)) worn.set(key, name);
      return ` ${name}`;
    },
    css: () =>
      [...worn].map(([rules, name]) => rules.replaceAll('&', `.${scope} .${name}`)).join(''),
  };
}

/** What says a state (its outline, a lit edge) goes before what the author likes. */
function rulesOf(part: 'node' | 'edge' | 'group', paint: Paint): string {
  const { fill, stroke, colour, width, dash } = paint;
  const line = [
    ...(width === undefined ? [] : [`stroke-width: ${width}px;`]),
    ...(dash === undefined ? [] : [`stroke-dasharray: ${dash};`]),
  ];
  const rule = (selector: string, declarations: (string | undefined)[]): string => {
    const all = declarations.filter((one) => one !== undefined);
    return all.length > 0 ? `${selector} { ${all.join(' ')} }\n` : '';
  };
  const set = (property: string, value: string | undefined): string | undefined =>
    value && `${property}: ${value};`;
  const rules = {
    node: () =>
      rule('&', [set('--node-paper', fill)]) +
      rule('&:not([data-status])', [set('--node-outline', stroke)]) +
      rule('&:not([data-status]) .shape', line) +
      rule('& :is(.label, .fact)', [set('fill', colour)]),
    edge: () =>
      rule('&:not([data-flow])', [set('--edge-colour', stroke)]) +
      rule('&.edge:not([data-flow])', line) +
      rule('&.edge-label text', [set('fill', colour)]),
    group: () =>
      rule('&.cluster rect', [set('fill', fill), set('stroke', stroke), ...line]) +
      rule('& .title', [set('fill', colour)]),
  };
  return rules[part]();
}
