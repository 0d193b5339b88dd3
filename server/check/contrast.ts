import Color from 'color';
import type { Theme } from '../../src/shared/theme.ts';
import { colourOf } from '../deck/colour.ts';
import type { Problem } from '../deck/problem.ts';
import { type Draft, warn } from './draft.ts';

/** By WCAG 2.2 at level AA; headlines are large. */
const TEXT = 4.5;
const LARGE = 3;
const SCHEMES = ['light', 'dark'] as const;
type Scheme = (typeof SCHEMES)[number];
type Colours = ReadonlyMap<string, string>;

/** What is written on what. */
const PAIRS = [
  ['ink', 'paper'],
  ['muted', 'paper'],
  ['emphasis', 'paper'],
  ['link', 'paper'],
  ['ink', 'panel'],
] as const;

/** The colours of a theme, of the app's style sheet and the author's own over it. */
export function coloursOf(style: string, theme: Theme, own = ''): Colours {
  const rules = style.matchAll(/:root(?:\[data-theme=["']?([\w-]+)["']?\])?\s*\{([^}]*)\}/g);
  const found = new Map<string, string>();
  const take = (text: string) => {
    for (const [, name = '', value = ''] of text.matchAll(/--([\w-]+)\s*:\s*([^;}]+)/g)) {
      found.set(name, value.trim());
    }
  };
  for (const [, named, text = ''] of rules) if (named === undefined || named === theme) take(text);
  take(own.replace(/\/\*[\s\S]*?\*\//g, ''));
  return found;
}

/** Colours of the author's own that can't be read: of a `theme.css`, and of slides. */
export function faint(draft: Draft, colours: Colours, own?: { name: string; text: string }) {
  return [...(own ? faintTheme(colours, own) : []), ...faintSlides(draft, colours)];
}

function faintTheme(colours: Colours, own: { name: string; text: string }): Problem[] {
  return PAIRS.flatMap(([front, back]) => {
    const at = [front, back].map((name) => own.text.search(new RegExp(`--${name}\\s*:`)));
    const place = Math.max(...at);
    if (place < 0) return [];
    const before = own.text.slice(0, place).split('\n');
    return SCHEMES.flatMap((scheme) => {
      const ratio = ratioOf(resolve(colours, front, scheme), resolve(colours, back, scheme));
      if (ratio === undefined || ratio >= TEXT) return [];
      return {
        file: own.name,
        line: before.length,
        column: (before.at(-1)?.length ?? 0) + 1,
        severity: 'warning' as const,
        message: `--${front} on --${back} has a contrast of ${ratio.toFixed(1)} to 1 on a ${scheme} screen.`,
        cure: `Text needs ${TEXT} to 1: make one of them lighter or darker.`,
      };
    });
  });
}

function faintSlides(draft: Draft, colours: Colours): Problem[] {
  return draft.deck.slides.flatMap(({ index, properties }) => {
    const asked = properties['headline-color'];
    const headline = asked === undefined ? undefined : colourOf(asked);
    if (asked === undefined || headline === undefined || properties['background-image']) return [];
    const ground = colourOf(properties['background-color'] ?? '');
    const ratios = SCHEMES.flatMap((scheme) => {
      const back = ground === undefined ? resolve(colours, 'paper', scheme) : `#${ground}`;
      return ratioOf(`#${headline}`, back) ?? [];
    });
    const least = Math.min(...ratios);
    if (ratios.length === 0 || least >= LARGE) return [];
    const message = `The headline has a contrast of ${least.toFixed(1)} to 1 to its ground.`;
    const cure = `Large text needs ${LARGE} to 1: choose another headline-color or background-color.`;
    return [warn(draft, index, { message, cure }, asked)];
  });
}

/** A custom property's colour in one scheme; undefined for what is not plain enough to know. */
function resolve(colours: Colours, name: string, scheme: Scheme, depth = 0): string | undefined {
  const value = colours.get(name);
  if (value === undefined || depth > 8) return undefined;
  const [, reference] = /^var\(--([\w-]+)\)$/.exec(value) ?? [];
  if (reference !== undefined) return resolve(colours, reference, scheme, depth + 1);
  const [, light, dark] =
    /^light-dark\(((?:[^(),]|\([^)]*\))+),((?:[^()]|\([^)]*\))+)\)$/.exec(value) ?? [];
  return (scheme === 'light' ? light : dark)?.trim() ?? value;
}

function ratioOf(front: string | undefined, back: string | undefined): number | undefined {
  const [one, other] = [front, back].map((colour) => colourOf(colour ?? ''));
  if (one === undefined || other === undefined) return undefined;
  return Color(`#${one.slice(0, 6)}`).contrast(Color(`#${other.slice(0, 6)}`));
}
