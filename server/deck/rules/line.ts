import type { StateBlock } from 'markdown-it';

/** A line of the source (from 0) without its indentation and trailing spaces. */
export function lineText(state: StateBlock, line: number): string {
  return state.src.slice(lineStart(state, line), state.eMarks[line] ?? 0).trimEnd();
}

/** Where the text of a line begins, in the source. */
export function lineStart(state: StateBlock, line: number): number {
  return (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
}

/** How far a line stands in from the block that is being read; below 0 it stands outside. */
export function indentOf(state: StateBlock, line: number): number {
  return (state.sCount[line] ?? 0) - state.blkIndent;
}
