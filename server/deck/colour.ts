import Color from 'color';

/**
 * A colour that an author names, as `rrggbb` or `rrggbbaa`; undefined if it is none. Only this
 * goes into a style sheet, never the author's own text. In a definition list `#102030` is a
 * headline to Markdown and arrives without its sign.
 */
export function colourOf(text: string): string | undefined {
  const name = text.trim().toLowerCase();
  try {
    const colour = Color(/^([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/.test(name) ? `#${name}` : name);
    const hex = colour.alpha() < 1 ? colour.hexa() : colour.hex();
    return hex.slice(1).toLowerCase();
  } catch {
    return undefined;
  }
}

/** Whether light letters read better on this ground than dark ones. */
export function isDark(hex: string): boolean {
  const ground = Color(`#${hex.slice(0, 6)}`);
  return ground.contrast(Color('white')) > ground.contrast(Color('black'));
}
