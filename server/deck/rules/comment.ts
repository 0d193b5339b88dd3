import type { StateBlock, StateInline } from 'markdown-it';
import { comesLater } from './last.ts';
import { indentOf, lineStart } from './line.ts';

/** `<!-- … -->` on lines of its own: not shown, whatever is in it. */
export function commentBlock(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  const start = lineStart(state, startLine);
  if (indentOf(state, startLine) > 3 || !state.src.startsWith('<!--', start)) return false;
  if (!comesLater(state, '-->', start + 4)) return false;
  const close = state.src.indexOf('-->', start + 4);
  if (close < 0) return false;
  let line = startLine;
  while (line < endLine && (state.eMarks[line] ?? 0) < close + 3) line++;
  if (line >= endLine || state.src.slice(close + 3, state.eMarks[line]).trim() !== '') return false;
  if (!silent) state.line = line + 1;
  return true;
}

/** `<!-- … -->` within text: not shown. */
export function commentInline(state: StateInline): boolean {
  if (!state.src.startsWith('<!--', state.pos)) return false;
  if (!comesLater(state, '-->', state.pos + 4)) return false;
  const close = state.src.indexOf('-->', state.pos + 4);
  if (close < 0 || close + 3 > state.posMax) return false;
  state.pos = close + 3;
  return true;
}
