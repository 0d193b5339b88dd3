/** Every node's second line has room for this many characters; what is wider has more. */
const ROOM = 16;

/** Widths in the deck's font, in its size: of what is narrow, and a little over the mean of the rest. */
const NARROW = 0.29;
const WIDE = 0.57;

/** What rounded ends take from a line below the middle, in heights of the node. */
const ENDS = 0.3;

/** Of a subject that is cut at least this many characters stay: fewer say nothing. */
const KEPT = 8;

/**
 * The fullest form that fits; where none does, the fullest whose subject, in quotes, can be cut so
 * that it does; else the shortest. Reckoned, not measured: the same on
 * every screen, before the font is there too, and no layout is asked for.
 * @param room in sizes of the font
 */
export function fit(forms: readonly string[], room: number): string {
  const fits = (form: string) => form.length <= ROOM || width(form) <= room;
  const cut = () => forms.flatMap(cuts).find(fits);
  return forms.find(fits) ?? cut() ?? forms.at(-1) ?? '';
}

/** A form with less and less of its subject. */
function cuts(form: string): string[] {
  const [, before = '', subject = '', after = ''] = /^([^“]*“)(.*)(”[^”]*)$/.exec(form) ?? [];
  return Array.from({ length: Math.max(0, subject.length - KEPT) }, (_, less) => {
    const kept = subject.slice(0, subject.length - 1 - less).replace(/[\s\p{P}]+$/u, '');
    return `${before}${kept}…${after}`;
  });
}

/** Room for the second line of a drawn node, in sizes of its font. */
export function roomOf(node: Element): number {
  const size = Number(node.querySelector('.fact')?.getAttribute('font-size'));
  const across = Number(node.getAttribute('data-width'));
  const high = Number(node.getAttribute('data-height'));
  return size > 0 ? (across - ENDS * high) / size : 0;
}

function width(text: string): number {
  const narrow = text.match(/[\sfijlrtI1.,:;|'“”‘’·()/-]/g)?.length ?? 0;
  return narrow * NARROW + (text.length - narrow) * WIDE;
}
