import { readFileSync } from 'node:fs';
import type { Theme } from '../../src/shared/theme.ts';
import { type Font, openFont, type Weight } from './diagram/font.ts';

/** Width of a text on one line, in ems. */
export type Measure = (text: string, face: 'sans' | 'bold' | 'mono') => number;

/** Every letter of the deck's typewriter face is as wide, in ems. */
const MONO = 0.632;

const made = new Map<string, Measure>();

/** Measures text as a theme sets it, letter by letter: kerning makes less than a percent. */
export function measureOf(theme: Theme): Measure {
  const name = theme === 'rabbit-theme-wwinternalstyle' ? 'montserrat' : '';
  const known = made.get(name);
  if (known) return known;
  // Most decks have nothing to fit: the font, a tenth of a second, is opened for the first letter.
  let opened: Font | undefined;
  const font = () => {
    opened ??= name === '' ? openFont() : openFont(readFileSync(montserrat()));
    return opened;
  };
  const widths = { sans: new Map<string, number>(), bold: new Map<string, number>() };
  const letter = (sign: string, face: 'sans' | 'bold', weight: Weight): number => {
    const kept = widths[face].get(sign);
    if (kept !== undefined) return kept;
    const width = font().width(sign, 1, weight);
    widths[face].set(sign, width);
    return width;
  };
  const measure: Measure = (text, face) => {
    let width = 0;
    for (const sign of text) {
      if (face === 'mono') width += isWide(sign) ? 1 : MONO;
      else width += letter(sign, face, face === 'bold' ? 600 : 400);
    }
    return width;
  };
  made.set(name, measure);
  return measure;
}

/** The largest of some numbers, and at least 0; there may be any number of them. */
export function largest(values: Iterable<number>): number {
  let most = 0;
  for (const value of values) most = Math.max(most, value);
  return most;
}

/** As wide as high, and a line may end before it. */
export function isWide(sign: string): boolean {
  return /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
    sign,
  );
}

function montserrat(): URL {
  return new URL(
    import.meta.resolve('@fontsource-variable/montserrat/files/montserrat-latin-wght-normal.woff2'),
  );
}
