import { readFileSync } from 'node:fs';
import { create, type Font as Face } from 'fontkit';

/** The weights that a diagram is set in. */
export type Weight = 400 | 600;

/** Measures text set in the font that the deck ships. */
export interface Font {
  /** Width of one line, in the unit of `size`. */
  width(text: string, size: number, weight: Weight): number;
  /** Height of a capital letter, as a part of the size. */
  capital: number;
  /** Height of a small letter, of a line above its baseline, and below, likewise. */
  middle: number;
  ascent: number;
  descent: number;
}

/** The variable font's own file, Latin, upright: every weight is in it. */
export const fontFile = new URL(
  import.meta.resolve(
    '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
  ),
);

/** @throws if `bytes` are no variable WOFF2 font */
export function openFont(bytes: Buffer = readFileSync(fontFile)): Font {
  const faces = { 400: face(bytes, 400), 600: face(bytes, 600) };
  const { capHeight, xHeight, ascent, descent, unitsPerEm } = faces[400];
  return {
    width(text, size, weight) {
      const others = text.match(full)?.length ?? 0;
      const own = others === 0 ? text : text.replaceAll(full, '');
      const width = own === '' ? 0 : faces[weight].layout(own).advanceWidth / unitsPerEm;
      return (width + others) * size;
    },
    capital: capHeight / unitsPerEm,
    middle: xHeight / unitsPerEm,
    ascent: ascent / unitsPerEm,
    descent: -descent / unitsPerEm,
  };
}

/** Letters that the font lacks and that are as wide as high in any: of East Asia, and pictures. */
const full =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu;

/**
 * One weight of the variable font. fontkit's own `getVariation` takes no WOFF2, and a WOFF2 with
 * coordinates cannot unpack its outlines: so these come from a second face, without coordinates.
 */
function face(bytes: Buffer, weight: Weight): Face {
  const upright = parse(bytes);
  upright.getGlyph(0);
  return Object.assign(parse(bytes), {
    variationCoords: [weight],
    _transformedGlyphs: Reflect.get(upright, '_transformedGlyphs'),
  });
}

function parse(bytes: Buffer): Face {
  const font = create(bytes);
  if (!('layout' in font)) throw new TypeError('A font collection is no font');
  return font;
}
