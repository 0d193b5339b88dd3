import type { StateBlock } from 'markdown-it';
import { indentOf, lineText } from './line.ts';

/** Where a block that is opened on a line of its own ends, on another line of its own. */
export interface Extent {
  /** The closing line, or where the block must end without one. */
  end: number;
  isClosed: boolean;
}

/**
 * Looks for the line that closes what another line opened, over blocks of the same kind in it. A
 * fence hides both; the next slide, and the end of what is being read, end the search.
 */
export function extentOf(
  state: StateBlock,
  startLine: number,
  endLine: number,
  { opens, closes }: { opens: RegExp; closes: RegExp },
): Extent {
  const known = unclosed(state, closes);
  if (startLine < known.to) return { end: known.to, isClosed: false };
  let depth = 0;
  let fence: string | undefined;
  let line = startLine + 1;
  for (; line < endLine; line++) {
    if (state.isEmpty(line)) continue;
    if (indentOf(state, line) < 0) break;
    const text = lineText(state, line);
    const [marks] = /^(`{3,}|~{3,})/.exec(text) ?? [];
    if (fence !== undefined) {
      if (marks?.startsWith(fence) && text === marks) fence = undefined;
    } else if (marks !== undefined) fence = marks;
    else if (startsSlide(state, line)) break;
    else if (opens.test(text)) depth++;
    else if (closes.test(text) && depth-- === 0) return { end: line, isClosed: true };
  }
  known.to = line;
  return { end: line, isClosed: false };
}

/** Reads the blocks between two lines, as what an opened block holds. */
export function readInside(state: StateBlock, from: number, to: number): void {
  const { lineMax, parentType, tight } = state;
  Object.assign(state, { lineMax: to, parentType: 'root' });
  state.md.block.tokenize(state, from, to);
  Object.assign(state, { lineMax, parentType, tight });
}

function startsSlide(state: StateBlock, line: number): boolean {
  return state.sCount[line] === 0 && /^#(?!#)/.test(lineText(state, line));
}

/** Of lines that close something: up to where there is known to be none. Keeps the search linear. */
function unclosed(state: StateBlock, closes: RegExp): { to: number } {
  const all = searches.get(state) ?? new Map<string, { to: number }>();
  searches.set(state, all);
  const known = all.get(closes.source) ?? { to: 0 };
  all.set(closes.source, known);
  return known;
}

const searches = new WeakMap<StateBlock, Map<string, { to: number }>>();
