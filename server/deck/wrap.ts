import { isWide, largest, type Measure } from './measure.ts';
import { type Branch, classesOf, wordsOf } from './tree.ts';

/** What HTML is laid out in: a width in pixels, and the type that is inherited. */
export interface Room {
  width: number;
  size: number;
  leading: number;
  bold?: boolean;
  /** By how much code and tables are wider than their room, at most. */
  excess: { pixels: number };
}

/** Type that tags and classes change, in ems of what is around. */
const SIZES: Record<string, number> = {
  code: 0.88,
  sub: 0.6,
  sup: 0.6,
  kbd: 0.8,
  note: 0.62,
  'xx-small': 0.5,
  'x-small': 0.62,
  small: 0.8,
  large: 1.2,
  'x-large': 1.5,
  'xx-large': 2,
};

/** Height of text that wraps, in pixels. */
export function textHeight(nodes: Branch['children'], room: Room, measure: Measure): number {
  // However deep a list is, a letter has room.
  const width = Math.max(room.size, room.width);
  let height = 0;
  let line = { width: 0, high: 0 };
  const end = () => {
    height += (line.high || room.size) * room.leading;
    line = { width: 0, high: 0 };
  };
  const type = { size: room.size, bold: room.bold === true, mono: false };
  for (const piece of pieces(nodes, type, measure)) {
    if (piece === 'break') end();
    else {
      const isSpace = piece.words.trim() === '';
      if (!isSpace && line.width > 0 && line.width + piece.width > width + 0.5) end();
      if (isSpace && line.width === 0) continue;
      // What is longer than a line is broken somewhere.
      for (let rest = piece.width; rest > width && !isSpace; rest -= width) {
        line.high = piece.size;
        end();
      }
      line.width += Math.min(piece.width, width);
      line.high = Math.max(line.high, piece.size);
    }
  }
  if (line.width > 0 || height === 0) end();
  return height;
}

/** Words, spaces and line ends, each with its own width. */
function* pieces(
  nodes: Branch['children'],
  type: { size: number; bold: boolean; mono: boolean },
  measure: Measure,
): Generator<'break' | { words: string; width: number; size: number }> {
  for (const node of nodes) {
    if (typeof node === 'string') {
      for (const words of wordsIn(node)) {
        const face = type.mono ? 'mono' : type.bold ? 'bold' : 'sans';
        yield { words, width: measure(words, face) * type.size, size: type.size };
      }
    } else if (node.tag === 'br') yield 'break';
    else if (node.tag === 'img') yield { words: 'x', width: type.size, size: type.size };
    else if (node.tag === 'math') {
      const words = wordsOf(node).replace(/\s+/g, '');
      yield { words, width: measure(words, 'sans') * type.size * 1.1, size: type.size };
    } else {
      const factor = [node.tag, ...classesOf(node)].reduce(
        (by, name) => by * (SIZES[name] ?? 1),
        1,
      );
      const bold = type.bold || /^(strong|em|b|dt|th)$/.test(node.tag);
      const mono = type.mono || /^(code|kbd)$/.test(node.tag);
      yield* pieces(node.children, { size: type.size * factor, bold, mono }, measure);
    }
  }
}

/** By how much the longest word is wider than its room; 0 if it is not. */
export function tooWide(
  nodes: Branch['children'],
  { width, size, bold }: Room,
  measure: Measure,
): number {
  const words = nodes.map((node) => (typeof node === 'string' ? node : wordsOf(node))).join('');
  const widths = words.split(/\s+/).map((word) => measure(word, bold ? 'bold' : 'sans') * size);
  return Math.max(0, largest(widths) - width);
}

/** A line may end at a space, behind a hyphen or a dash, and between the letters of East Asia. */
function wordsIn(text: string): string[] {
  const words: string[] = [];
  for (const word of text.split(/(\s+|(?<=[\p{L}\p{N}][-–—])(?=\p{L}))/u)) {
    let run = '';
    for (const sign of word) {
      if (!isWide(sign)) run += sign;
      else {
        if (run !== '') words.push(run);
        run = '';
        words.push(sign);
      }
    }
    if (run !== '') words.push(/^\s+$/.test(run) ? ' ' : run);
  }
  return words;
}
