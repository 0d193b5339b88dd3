import { readdirSync, readFileSync } from 'node:fs';
import Color, { type ColorInstance } from 'color';

const STYLE = new URL('../../src/style/', import.meta.url);

export const SCHEMES = ['light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

/** The folders of the themes that ship. */
export function themeFolders(): string[] {
  return readdirSync(new URL('themes/', STYLE)).sort();
}

/** What a theme's file says, over what the default and the parts of the app say. */
export function propertiesOf(theme: string): Map<string, string> {
  const files = [
    ...readdirSync(STYLE).filter((name) => name.endsWith('.css')),
    'themes/default/theme.css',
    `themes/${theme}/theme.css`,
  ];
  return new Map(
    files.flatMap((file) =>
      [...rootRules(readFileSync(new URL(file, STYLE), 'utf8'))].map(
        ([, name = '', value = '']) => [name, value.trim()] as const,
      ),
    ),
  );
}

/** A custom property as a colour, whatever it refers to; undefined for what is none. */
export function colourOf(
  properties: ReadonlyMap<string, string>,
  name: string,
  scheme: Scheme,
): ColorInstance | undefined {
  return evaluate(properties.get(name) ?? '', properties, scheme);
}

/** WCAG's ratio, from 1 to 21; a colour that shines through is laid over the ground first. */
export function contrast(text: ColorInstance, ground: ColorInstance): number {
  const seen = ground.mix(text.alpha(1), text.alpha());
  return seen.contrast(ground);
}

function evaluate(
  value: string,
  properties: ReadonlyMap<string, string>,
  scheme: Scheme,
): ColorInstance | undefined {
  const reference = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
  if (reference !== undefined) return colourOf(properties, reference, scheme);
  const pair = /^light-dark\((.+), (.+)\)$/.exec(value);
  if (pair) return evaluate(pair[scheme === 'light' ? 1 : 2] ?? '', properties, scheme);
  const mix = /^color-mix\(in srgb, (\S+) (\d+)%, (\S+)\)$/.exec(value);
  if (mix) {
    const [one, other] = [1, 3].map((at) => evaluate(mix[at] ?? '', properties, scheme));
    return one && other?.mix(one, Number(mix[2]) / 100);
  }
  return /^(#[0-9a-f]{3,8}|transparent)$/i.test(value) ? Color(value) : undefined;
}

/** The custom properties of the rules for the page as a whole. */
function* rootRules(css: string): Generator<RegExpExecArray> {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '');
  for (const [, block = ''] of plain.matchAll(/:root(?:\[data-theme="[^"]*"\])? \{([^{}]*)\}/g)) {
    yield* block.matchAll(/--([\w-]+):\s*([^;]+);/g);
  }
}
