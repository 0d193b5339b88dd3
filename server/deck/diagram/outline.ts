import { followPath } from './pathData.ts';
import { centre, number, type Rect } from './plane.ts';

interface Size {
  width: number;
  height: number;
}

/** A shape told by its outline alone: an edge ends where its line meets it. */
interface Outline {
  /** The size that holds words of this size, padding included. */
  around(words: Size): Size;
  /** Paths from the top left corner, by relative commands: the outline, then lines on it. */
  paths(size: Size): string[];
  /** Whether Mermaid draws it without its label. */
  wordless?: true;
  /** Whether it is filled with ink. */
  solid?: true;
  /** How far its words stand below the middle, in pixels. */
  lower?: number;
}

const more =
  (width: number, height: number) =>
  (words: Size): Size => ({ width: words.width + width, height: words.height + height });
const always = (width: number, height: number) => (): Size => ({ width, height });

/** A box with a wave below, `a` high. */
const sheet = (w: number, h: number, a = 7): string =>
  d`M0 0h${w}v${h - a}q${-w / 4} ${-2 * a} ${-w / 2} 0t${-w / 2} 0z`;
const box = (w: number, h: number, x = 0, y = 0): string => d`M${x} ${y}h${w}v${h}h${-w}z`;
const round = (r: number, x = r, y = r): string =>
  d`M${x - r} ${y}a${r} ${r} 0 1 1 ${2 * r} 0a${r} ${r} 0 1 1 ${-2 * r} 0z`;

/** The rarer shapes of Mermaid's, in the order of its documentation. */
export const outlines = {
  'leaning-left': {
    around: ({ width, height }) => ({ width: width + height * 0.4, height }),
    paths: ({ width: w, height: h }) => [d`M0 0h${w - h * 0.2}l${h * 0.2} ${h}h${h * 0.2 - w}z`],
  },
  'trapezoid-top': {
    around: ({ width, height }) => ({ width: width + height * 0.4, height }),
    paths: ({ width: w, height: h }) => [d`M0 0h${w}l${-h * 0.2} ${h}h${h * 0.4 - w}z`],
  },
  card: {
    around: more(10, 4),
    paths: ({ width: w, height: h }) => [d`M12 0h${w - 12}v${h}h${-w}v${12 - h}z`],
  },
  lined: {
    around: more(16, 0),
    paths: ({ width: w, height: h }) => [box(w, h), d`M8 0v${h}`],
  },
  start: { around: always(22, 22), paths: () => [round(11)], wordless: true, solid: true },
  stop: { around: always(26, 26), paths: () => [round(13), round(6, 13, 13)], wordless: true },
  crossed: {
    around: always(34, 34),
    paths: () => [round(17), 'M5 5l24 24M29 5l-24 24'],
    wordless: true,
  },
  fork: {
    around: always(80, 9),
    paths: ({ width: w, height: h }) => [box(w, h)],
    wordless: true,
    solid: true,
  },
  hourglass: { around: always(32, 36), paths: () => ['M0 0h32l-32 36h32z'], wordless: true },
  bolt: {
    around: always(28, 44),
    paths: () => ['M17 0l-17 25h12l-4 19l20 -26h-13l7 -18z'],
    wordless: true,
  },
  text: { around: more(0, 0), paths: () => [] },
  'brace-left': {
    around: more(14, 4),
    paths: ({ height: h }) => ['', brace(h, 10, -1)],
  },
  'brace-right': {
    around: more(14, 4),
    paths: ({ width: w, height: h }) => ['', d`M${w - 10} 0` + brace(h, 10, 1).slice(4)],
  },
  braces: {
    around: more(28, 4),
    paths: ({ width: w, height: h }) => [
      '',
      brace(h, 10, -1) + d`M${w - 10} 0` + brace(h, 10, 1).slice(4),
    ],
  },
  document: { lower: -4, around: more(0, 12), paths: ({ width: w, height: h }) => [sheet(w, h)] },
  documents: {
    around: more(12, 24),
    paths: ({ width: w, height: h }) => [
      d`M0 12h5v-6h5v-6h${w - 10}v${h - 22}h-5v6h-5v8` +
        d`q${-(w - 10) / 4} -14 ${-(w - 10) / 2} 0t${-(w - 10) / 2} 0z`,
      d`M5 12h${w - 15}v${h - 20}M10 6h${w - 15}v${h - 22}`,
    ],
  },
  'lined-document': {
    around: more(14, 12),
    paths: ({ width: w, height: h }) => [sheet(w, h), d`M8 0v${h - 5}`],
  },
  'tagged-document': {
    around: more(8, 12),
    paths: ({ width: w, height: h }) => [sheet(w, h), d`M${w} ${h - 24}l-14 11`],
  },
  delay: {
    around: ({ width, height }) => ({ width: width + height * 0.3, height }),
    paths: ({ width: w, height: h }) => [
      d`M0 0h${w - h / 2}a${h / 2} ${h / 2} 0 0 1 0 ${h}h${h / 2 - w}z`,
    ],
  },
  drum: {
    around: more(30, 0),
    paths: ({ width: w, height: h }) => [
      d`M10 0h${w - 20}a10 ${h / 2} 0 0 1 0 ${h}h${20 - w}a10 ${h / 2} 0 0 1 0 ${-h}z`,
      d`M${w - 10} 0a10 ${h / 2} 0 0 0 0 ${h}`,
    ],
  },
  disk: {
    lower: 10,
    around: more(0, 28),
    paths: ({ width: w, height: h }) => [
      d`M0 10a${w / 2} 10 0 0 1 ${w} 0v${h - 20}a${w / 2} 10 0 0 1 ${-w} 0z`,
      d`M0 10a${w / 2} 10 0 0 0 ${w} 0M0 18a${w / 2} 10 0 0 0 ${w} 0`,
    ],
  },
  display: {
    around: ({ width, height }) => ({ width: width + height * 0.6, height }),
    paths: ({ width: w, height: h }) => [
      d`M${h * 0.3} 0h${w - h * 0.6}q${h * 0.3} ${h * 0.1} ${h * 0.3} ${h / 2}` +
        d`t${-h * 0.3} ${h / 2}h${h * 0.6 - w}l${-h * 0.3} ${-h / 2}z`,
    ],
  },
  divided: {
    lower: 4,
    around: more(0, 16),
    paths: ({ width: w, height: h }) => [box(w, h), d`M0 8h${w}`],
  },
  triangle: {
    lower: 8,
    around: ({ width, height }) => ({ width: width * 1.5, height: height * 1.9 }),
    paths: ({ width: w, height: h }) => [d`M${w / 2} 0l${w / 2} ${h}h${-w}z`],
  },
  'triangle-down': {
    lower: -10,
    around: ({ width, height }) => ({ width: width * 1.5, height: height * 1.9 }),
    paths: ({ width: w, height: h }) => [d`M0 0h${w}l${-w / 2} ${h}z`],
  },
  pane: {
    lower: 4,
    around: more(20, 14),
    paths: ({ width: w, height: h }) => [box(w, h), d`M8 0v${h}M0 8h${w}`],
  },
  loop: {
    lower: 3,
    around: more(12, 8),
    paths: ({ width: w, height: h }) => [d`M14 0h${w - 28}l14 12v${h - 12}h${-w}v${12 - h}z`],
  },
  sloped: {
    lower: 6,
    around: more(0, 18),
    paths: ({ width: w, height: h }) => [d`M0 16l${w} -16v${h}h${-w}z`],
  },
  processes: {
    around: more(12, 12),
    paths: ({ width: w, height: h }) => [
      d`M0 10h5v-5h5v-5h${w - 10}v${h - 10}h-5v5h-5v5h${10 - w}z`,
      d`M5 10h${w - 15}v${h - 15}M10 5h${w - 15}v${h - 15}`,
    ],
  },
  stored: {
    around: more(26, 0),
    paths: ({ width: w, height: h }) => [
      d`M8 0h${w - 8}a8 ${h / 2} 0 0 0 0 ${h}h${8 - w}a8 ${h / 2} 0 0 1 0 ${-h}z`,
    ],
  },
  tagged: {
    around: more(8, 2),
    paths: ({ width: w, height: h }) => [box(w, h), d`M${w - 13} ${h}l13 -13`],
  },
  tape: {
    around: more(0, 24),
    paths: ({ width: w, height: h }) => [
      d`M0 7q${w / 4} 14 ${w / 2} 0t${w / 2} 0v${h - 14}q${-w / 4} -14 ${-w / 2} 0t${-w / 2} 0z`,
    ],
  },
  folder: {
    lower: 5,
    around: more(0, 12),
    paths: ({ width: w, height: h }) => [d`M0 0h34l7 9h${w - 41}v${h - 9}h${-w}z`, d`M0 9h41`],
  },
  window: {
    lower: 6,
    around: more(0, 16),
    paths: ({ width: w, height: h }) => [box(w, h), d`M0 12h${w}M6 6h1M12 6h1M18 6h1`],
  },
  store: {
    around: more(0, 0),
    paths: ({ width: w, height: h }) => [box(w, h), d`M0 3h${w}M0 ${h - 3}h${w}`],
  },
  bucket: {
    lower: 4,
    around: ({ width, height }) => ({ width: width + height * 0.4, height: height + 10 }),
    paths: ({ width: w, height: h }) => [
      d`M0 6a${w / 2} 6 0 0 1 ${w} 0l${-h * 0.15} ${h - 6}h${h * 0.3 - w}z`,
      d`M0 6a${w / 2} 6 0 0 0 ${w} 0`,
    ],
  },
  cloud: {
    around: more(34, 22),
    paths: ({ width: w, height: h }) => [
      d`M${w * 0.14} ${h * 0.85}a${w * 0.13} ${h * 0.3} 0 0 1 ${w * 0.02} ${-h * 0.55}` +
        d`a${w * 0.2} ${h * 0.3} 0 0 1 ${w * 0.32} ${-h * 0.16}a${w * 0.22} ${h * 0.3} 0 0 1 ${w * 0.36} ${h * 0.16}` +
        d`a${w * 0.13} ${h * 0.3} 0 0 1 ${w * 0.02} ${h * 0.55}q${-w * 0.18} ${h * 0.28} ${-w * 0.36} 0q${-w * 0.18} ${h * 0.28} ${-w * 0.36} 0z`,
    ],
  },
  person: {
    lower: 15,
    around: more(20, 34),
    paths: ({ width: w, height: h }) => [
      d`M${w / 2 - 9} 26a14 14 0 1 1 18 0h${w / 2 - 21}a12 12 0 0 1 12 12v${h - 38}h${-w}v${38 - h}a12 12 0 0 1 12 -12z`,
    ],
  },
} as const satisfies Record<string, Outline>;

export type OutlineName = keyof typeof outlines;

/** The SVG elements of a shape that fills `rect`. The first is its outline. */
export function drawOutline(name: OutlineName, rect: Rect): string[] {
  const [outline = '', ...lines] = pathsOf(name, rect);
  const at = `transform="translate(${number(rect.x)} ${number(rect.y)})"`;
  return [
    outline === ''
      ? ''
      : `<path class="shape${isSolid(name) ? ' solid' : ''}" ${at} d="${outline}"/>`,
    ...lines.map((line) => `<path class="line" ${at} d="${line}"/>`),
  ].filter((path) => path !== '');
}

/** How far the outline lies inside of the rectangle's side, `offset` from the middle of it. */
export function insetOf(
  name: OutlineName,
  rect: Rect,
  side: 'left' | 'right' | 'top' | 'bottom',
  offset: number,
): number {
  const [outline = ''] = pathsOf(name, rect);
  const points = followPath(outline);
  const across = side === 'left' || side === 'right';
  const middle = centre({ ...rect, x: 0, y: 0 });
  const level = (across ? middle.y : middle.x) + offset;
  const meets = points.slice(1).flatMap((to, index) => {
    const from = points[index] ?? to;
    const [a, b] = across ? [from.y, to.y] : [from.x, to.x];
    const [p, q] = across ? [from.x, to.x] : [from.y, to.y];
    if (Math.min(a, b) > level || Math.max(a, b) < level) return [];
    return a === b ? [p, q] : [p + ((q - p) * (level - a)) / (b - a)];
  });
  if (meets.length === 0) return 0;
  if (side === 'left' || side === 'top') return Math.max(0, Math.min(...meets));
  return Math.max(0, (across ? rect.width : rect.height) - Math.max(...meets));
}

export function isOutline(name: string): name is OutlineName {
  return name in outlines;
}

export function isWordless(name: string): boolean {
  const outline: Outline | undefined = isOutline(name) ? outlines[name] : undefined;
  return outline?.wordless === true;
}

/** How far the words of a shape stand below its middle, in pixels. */
export function lowerBy(name: string): number {
  const outline: Outline | undefined = isOutline(name) ? outlines[name] : undefined;
  return outline?.lower ?? 0;
}

function isSolid(name: OutlineName): boolean {
  const outline: Outline = outlines[name];
  return outline.solid === true;
}

function pathsOf(name: OutlineName, { width, height }: Rect): string[] {
  const outline: Outline = outlines[name];
  return outline.paths({ width, height });
}

/** A brace `h` high and `w` wide; -1 opens, 1 closes. */
function brace(h: number, w: number, way: -1 | 1): string {
  const [half, x] = [h / 2, way === -1 ? w : 0];
  const [a, b] = [(way * w) / 2, 6];
  return d`M${x} 0q${a} 0 ${a} ${b}v${half - 2 * b}q0 ${b} ${a} ${b}q${-a} 0 ${-a} ${b}v${half - 2 * b}q0 ${b} ${-a} ${b}`;
}

/** Path data with its numbers rounded. */
function d(strings: TemplateStringsArray, ...values: number[]): string {
  return strings.reduce((text, part, at) => text + number(values[at - 1] ?? 0) + part);
}
