import type { StateBlock } from 'markdown-it';
import { isBlockEnd } from './lazy.ts';

/** `^` alone on a line parts what would be one list, or a block from an attribute list. */
export function blockEnd(
  state: StateBlock,
  startLine: number,
  _endLine: number,
  silent: boolean,
): boolean {
  if (!isBlockEnd(state, startLine)) return false;
  if (silent) return true;
  state.push('block_end', '', 0).map = [startLine, startLine + 1];
  state.line = startLine + 1;
  return true;
}
