import type { Lengths } from './lengths.ts';
import { isWide, type Measure } from './measure.ts';
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

/** Estimates heights, in pixels, from a theme's lengths and a font's widths. */
export interface Flow {
  /** Blocks below each other, as in a slide's body. */
  column: (nodes: Branch['children'], room: Room, gap: number) => number;
  /** Text that wraps. */
  text: (nodes: Branch['children'], room: Room) => number;
  /** By how much the longest word is wider than its room; 0 if it is not. */
  tooWide: (nodes: Branch['children'], room: Room) => number;
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
const BLOCKS = new Set(
  'p ul ol dl pre table blockquote figure div section h3 hr math details'.split(' '),
);
/** A picture shrinks to make room, down to about this. */
const PICTURE = 120;

export function createFlow(lengths: Lengths, measure: Measure): Flow {
  return { column, text, tooWide };

  function column(nodes: Branch['children'], room: Room, gap: number): number {
    const blocks = nodes.filter((node) => typeof node !== 'string');
    const heights = blocks.map((block, at) => {
      const before = blocks[at - 1];
      const extra = block.tag === 'p' && /^[uo]l$/.test(before?.tag ?? '') ? lengths.blockGap : 0;
      return block.tag === 'p' && wordsOf(block).trim() === ''
        ? 0
        : blockHeight(block, room) + extra;
    });
    return heights.reduce((sum, height) => sum + height, 0) + gap * Math.max(0, heights.length - 1);
  }

  function blockHeight(block: Branch, room: Room): number {
    const names = classesOf(block);
    switch (block.tag) {
      case 'ul':
      case 'ol': {
        const indent = block.tag === 'ul' ? lengths.listIndent : lengths.orderedIndent;
        const isFoot = names.includes('footnotes');
        const inside = { ...room, width: room.width - (isFoot ? 34 : indent) };
        return column(block.children, inside, isFoot ? 4 : lengths.itemGap);
      }
      case 'li':
      case 'dt':
      case 'dd':
      case 'blockquote':
        return itemHeight(block, room);
      case 'dl':
        return column(block.children, room, 0);
      case 'pre':
        return listingHeight(block, { ...room, size: sizeIn(names, lengths.codeSize) });
      case 'table':
        return tableHeight(block, { ...room, size: sizeIn(names, lengths.tableSize) });
      case 'figure':
        return figureHeight(block, room);
      case 'math':
        return room.size * (0.4 + 1.3 * linesOf(block));
      case 'h3':
        return text(block.children, { ...room, size: room.size * 0.9, leading: 1.2, bold: true });
      case 'hr':
        return 3;
      case 'div':
      case 'section':
        return groupHeight(block, names, room);
      default:
        return text([block], room);
    }
  }

  /** Text, and what stands in it as blocks. */
  function itemHeight(item: Branch, room: Room): number {
    const indent = item.tag === 'dd' ? 44 : item.tag === 'blockquote' ? 38 : 0;
    const inside = { ...room, width: room.width - indent, bold: item.tag === 'dt' };
    let height = item.tag === 'dd' ? 16 : 0;
    let line: Branch['children'] = [];
    const flush = () => {
      if (line.some((node) => typeof node !== 'string' || node.trim() !== '')) {
        height += text(line, inside);
      }
      line = [];
    };
    for (const node of item.children) {
      if (typeof node === 'string' || !BLOCKS.has(node.tag)) line.push(node);
      else {
        flush();
        const isList = /^[uo]l$/.test(node.tag);
        const nested = isList ? { ...inside, size: inside.size * 0.84 } : inside;
        if (isList) height += 14 + column(node.children, indented(nested, node), 12);
        else height += blockHeight(node, nested);
      }
    }
    flush();
    return height;
  }

  function indented(room: Room, { tag }: Branch): Room {
    return {
      ...room,
      width: room.width - (tag === 'ul' ? lengths.listIndent : lengths.orderedIndent),
    };
  }

  function groupHeight(group: Branch, names: readonly string[], room: Room): number {
    if (names.includes('problem')) return 0;
    if (names.includes('pictures')) return PICTURE;
    if (names.includes('footnotes')) {
      return 16 + column(group.children, { ...room, size: 24, leading: 1.3 }, 4);
    }
    if (!names.includes('columns')) return column(group.children, room, lengths.blockGap);
    const columns = group.children.filter((node) => typeof node !== 'string');
    const width = (room.width - 56 * (columns.length - 1)) / Math.max(1, columns.length);
    const heights = columns.map((each) => column(each.children, { ...room, width }, 24));
    return Math.max(0, ...heights);
  }

  function figureHeight(figure: Branch, room: Room): number {
    const words = figure.children.find(
      (node) => typeof node !== 'string' && node.tag === 'figcaption',
    );
    const caption =
      typeof words === 'object'
        ? 12 + text(words.children, { ...room, size: 24, leading: 1.3 })
        : 0;
    const shown = figure.children.find((node) => typeof node !== 'string');
    const natural = typeof shown === 'object' ? Number(shown.attributes.height) : Number.NaN;
    return caption + (Number.isFinite(natural) ? Math.min(natural, PICTURE) : PICTURE);
  }

  function listingHeight(pre: Branch, { size, width, excess }: Room): number {
    const lines = wordsOf(pre).replace(/\n$/, '').split('\n');
    const names = classesOf(pre);
    const numbers = names.includes('numbered') ? 4 : 0;
    const columns = lines.map((line) => measure(line.replaceAll('\t', '    '), 'mono'));
    const wide = (Math.max(0, ...columns) + numbers * measure('0', 'mono')) * size + 48;
    excess.pixels = Math.max(excess.pixels, wide - width);
    const leading = names.some((name) => name.startsWith('size-')) ? 1.3 : 1.4;
    return lines.length * size * leading + 40;
  }

  function tableHeight(table: Branch, room: Room): number {
    const rows = rowsOf(table);
    const widths = columnWidths(rows, room);
    return rows
      .map((row) => {
        const cells = row.map((cell, at) =>
          text(cell.children, {
            ...room,
            width: widths[at] ?? room.width,
            bold: cell.tag === 'th',
          }),
        );
        return Math.max(room.size * room.leading, ...cells) + 18;
      })
      .reduce((sum, height) => sum + height, 0);
  }

  /** Each as wide as its text; where that is too much, what is left over goes by need. */
  function columnWidths(rows: readonly Branch[][], { width, size, excess }: Room): number[] {
    const count = Math.max(0, ...rows.map((row) => row.length));
    const needs = Array.from({ length: count }, (_, at) => {
      const cells = rows.flatMap((row) => row[at] ?? []);
      return {
        least: Math.max(1, ...cells.map((cell) => widest(cell, size, true))),
        most: Math.max(1, ...cells.map((cell) => widest(cell, size, false))),
      };
    });
    const total = (key: 'least' | 'most') => needs.reduce((sum, need) => sum + need[key], 0);
    const room = width - count * 24;
    excess.pixels = Math.max(excess.pixels, total('least') - room);
    if (total('most') <= room) return needs.map(({ most }) => most + 1);
    const spare = Math.max(0, room - total('least'));
    const wanted = Math.max(1, total('most') - total('least'));
    return needs.map(({ least, most }) => least + (spare * (most - least)) / wanted + 1);
  }

  function tooWide(nodes: Branch['children'], { width, size, bold }: Room): number {
    const words = nodes.map((node) => (typeof node === 'string' ? node : wordsOf(node))).join('');
    const widths = words.split(/\s+/).map((word) => measure(word, bold ? 'bold' : 'sans') * size);
    return Math.max(0, Math.max(...widths) - width);
  }

  /** The widest line of a cell, or its longest word. */
  function widest(cell: Branch, size: number, byWord: boolean): number {
    const pieces = wordsOf(cell).split(byWord ? /\s+/ : /\n/);
    const face = cell.tag === 'th' ? 'bold' : 'sans';
    return Math.max(0, ...pieces.map((piece) => measure(piece, face) * size));
  }

  function text(nodes: Branch['children'], room: Room): number {
    let height = 0;
    let line = { width: 0, high: 0 };
    const end = () => {
      height += (line.high || room.size) * room.leading;
      line = { width: 0, high: 0 };
    };
    for (const piece of pieces(nodes, { size: room.size, bold: room.bold === true, mono: false })) {
      if (piece === 'break') end();
      else {
        const isSpace = piece.words.trim() === '';
        if (!isSpace && line.width > 0 && line.width + piece.width > room.width + 0.5) end();
        if (isSpace && line.width === 0) continue;
        // What is longer than a line is broken somewhere.
        for (let rest = piece.width; rest > room.width && !isSpace; rest -= room.width) {
          line.high = piece.size;
          end();
        }
        line.width += Math.min(piece.width, room.width);
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
        yield* pieces(node.children, { size: type.size * factor, bold, mono });
      }
    }
  }
}

/** The size that a class such as `size-20` gives, or the usual one. */
function sizeIn(names: readonly string[], usual: number): number {
  const [size] = names.flatMap((name) => /^size-(\d+)$/.exec(name)?.[1] ?? []);
  return size === undefined ? usual : Number(size);
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

function rowsOf(table: Branch): Branch[][] {
  return table.children.flatMap((node) => {
    if (typeof node === 'string') return [];
    if (node.tag !== 'tr') return rowsOf(node);
    return [node.children.filter((cell) => typeof cell !== 'string')];
  });
}

/** How high a formula is, in lines: what stands over each other adds up. */
function linesOf(math: Branch | string): number {
  if (typeof math === 'string') return 1;
  const inside = math.children.filter((node) => typeof node !== 'string').map(linesOf);
  const sum = inside.reduce((all, one) => all + one, 0);
  switch (math.tag) {
    case 'mfrac':
      return Math.max(2, sum * 0.9);
    case 'munderover':
      return 2.2;
    case 'munder':
    case 'mover':
    case 'msqrt':
      return Math.max(1.3, ...inside);
    case 'mtable':
      return Math.max(1, sum * 1.15);
    default:
      return Math.max(1, ...inside);
  }
}
