import type { Lengths } from './lengths.ts';
import { largest, type Measure } from './measure.ts';
import { columnWidths, rowsOf } from './table.ts';
import { type Branch, classesOf, wordsOf } from './tree.ts';
import { type Room, textHeight } from './wrap.ts';

/** Estimates heights, in pixels, from a theme's lengths and a font's widths. */
export interface Flow {
  /** Blocks below each other, as in a slide's body. */
  column: (nodes: Branch['children'], room: Room, gap: number) => number;
  /** Text that wraps. */
  text: (nodes: Branch['children'], room: Room) => number;
}

const BLOCKS = new Set(
  'p ul ol dl pre table blockquote figure div section h3 hr math details'.split(' '),
);
/** A picture shrinks to make room, down to about this. */
const PICTURE = 120;

export function createFlow(lengths: Lengths, measure: Measure): Flow {
  const text: Flow['text'] = (nodes, room) => textHeight(nodes, room, measure);
  return { column, text };

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
    return largest(heights);
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
    const wide = (largest(columns) + numbers * measure('0', 'mono')) * size + 48;
    excess.pixels = Math.max(excess.pixels, wide - width);
    const leading = names.some((name) => name.startsWith('size-')) ? 1.3 : 1.4;
    return lines.length * size * leading + 40;
  }

  function tableHeight(table: Branch, room: Room): number {
    const rows = rowsOf(table);
    const widths = columnWidths(rows, room, measure);
    return rows
      .map((row) => {
        const cells = row.map((cell, at) =>
          text(cell.children, {
            ...room,
            width: widths[at] ?? room.width,
            bold: cell.tag === 'th',
          }),
        );
        return Math.max(room.size * room.leading, largest(cells)) + 18;
      })
      .reduce((sum, height) => sum + height, 0);
  }
}

/** The size that a class such as `size-20` gives, or the usual one. */
function sizeIn(names: readonly string[], usual: number): number {
  const [size] = names.flatMap((name) => /^size-(\d+)$/.exec(name)?.[1] ?? []);
  return size === undefined ? usual : Number(size);
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
