import type { StateInline } from 'markdown-it';

/** Two backslashes at the end of a line: a blank line, as two spaces make it. */
export function lineBreak(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith('\\\\\n', state.pos)) return false;
  if (!silent) state.push('hardbreak', 'br', 0);
  state.pos += 3;
  while (state.pos < state.posMax && state.src.charAt(state.pos) === ' ') state.pos++;
  return true;
}
