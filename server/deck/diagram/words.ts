import type { Font } from './font.ts';
import type { Edge, GraphNode } from './graph.ts';

/** Sizes of type, in the units of a layout: a label is 16 units high. */
export const fontSize = { label: 16, fact: 12.5, edge: 12.5, title: 12.75 } as const;

/** Heights of lines, in the same units. */
export const lineHeight = { label: 19, fact: 15.5, edge: 15.5 } as const;

/** What the second line must hold: sixteen characters as revisions have them. */
const longestFact = 'applying f28b489';

const widestEdge = 130;

export interface Words {
  lines: string[];
  width: number;
  height: number;
}

/** A node's label, and the room under it for a second line. */
export function nodeWords(node: GraphNode, font: Font, limit: number): Words {
  const lines = node.lines.flatMap((text) => wrap(text, limit, fontSize.label, 600, font));
  const widths = lines.map((text) => font.width(text, fontSize.label, 600));
  const fact = font.width(longestFact, fontSize.fact, 400);
  return {
    lines,
    width: Math.max(fact, ...widths),
    height: lines.length * lineHeight.label + lineHeight.fact,
  };
}

export function edgeWords(edge: Edge, font: Font): Words {
  const lines = edge.lines.flatMap((text) => wrap(text, widestEdge, fontSize.edge, 400, font));
  return {
    lines,
    width: Math.max(0, ...lines.map((text) => font.width(text, fontSize.edge, 400))),
    height: lines.length * lineHeight.edge,
  };
}

/** Breaks a line between words, so that no part is wider than `limit` unless one word is. */
export function wrap(
  text: string,
  limit: number,
  size: number,
  weight: 400 | 600,
  font: Font,
): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = `${last} ${word}`;
    if (last !== undefined && font.width(longer, size, weight) <= limit)
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
