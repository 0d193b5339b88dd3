import { JSDOM } from 'jsdom';
import { PLANTED } from './documents.ts';

const { window } = new JSDOM('<!doctype html>');
const { document } = window;

const FORBIDDEN =
  'script, style, iframe, frame, object, embed, link, meta, base, form, input, textarea, select, foreignObject, template, noscript';
const ADDRESSES = ['href', 'src', 'xlink:href', 'action', 'formaction', 'poster', 'data', 'srcset'];

/** What of a deck would run or style, though an author wrote it as text: should be nothing. */
export function harmOf(sections: readonly string[], style: string): string[] {
  return [...sections.flatMap(harmOfSection), ...harmOfStyle(style), ...doubleIds(sections)];
}

function harmOfSection(html: string): string[] {
  const template = document.createElement('template');
  template.innerHTML = html;
  const roots = [...template.content.children];
  const whole = roots.length === 1 && roots[0]?.localName === 'section';
  const elements = [...template.content.querySelectorAll('*')];
  return [
    ...(whole ? [] : [`a slide breaks out of its section: ${html.slice(0, 200)}`]),
    ...[...template.content.querySelectorAll(FORBIDDEN)].map(({ outerHTML }) => outerHTML),
    ...elements.flatMap((element) =>
      [...element.attributes]
        .filter(({ name, value }) => isHarmful(name, value))
        .map(({ name, value }) => `${element.localName} ${name}="${value}"`),
    ),
  ];
}

function isHarmful(name: string, value: string): boolean {
  if (/^on|^style$|^srcdoc$|^autofocus$|^ping$/i.test(name)) return true;
  if (!ADDRESSES.includes(name.toLowerCase())) return false;
  // As a browser reads an address: without the blanks and control characters that it overlooks.
  const address = Array.from(value.toLowerCase())
    .filter((sign) => sign > ' ')
    .join('');
  return /^(javascript|vbscript|data:(?!image\/))/.test(address);
}

function harmOfStyle(style: string): string[] {
  const found = [PLANTED, '@import', '</', 'expression(', 'javascript:', '//', '\\'].filter(
    (part) => style.includes(part),
  );
  const element = document.createElement('style');
  element.textContent = style;
  document.head.append(element);
  const rules = [...(element.sheet?.cssRules ?? [])];
  element.remove();
  const outside = rules
    .map((rule) => ('selectorText' in rule ? String(rule.selectorText) : ''))
    .filter((selector) => /^(\*|html|body|script|style)\b/.test(selector));
  return [...found.map((part) => `the style holds ${part}`), ...outside];
}

function doubleIds(sections: readonly string[]): string[] {
  const seen = new Set<string>();
  const template = document.createElement('template');
  template.innerHTML = sections.join('');
  return [...template.content.querySelectorAll('[id]')].flatMap(({ id }) => {
    const double = seen.has(id);
    seen.add(id);
    return double ? [`two elements are called ${id}`] : [];
  });
}
