import type { StateInline } from 'markdown-it';

/**
 * Marks of emphasis as kramdown reads them: what stands beside them need only be no space, so that
 * they work between the letters and the brackets of a script without spaces, too.
 */
export function emphasis(state: StateInline, silent: boolean): boolean {
  const mark = state.src.charAt(state.pos);
  if (silent || (mark !== '*' && mark !== '_')) return false;
  let end = state.pos + 1;
  while (end < state.posMax && state.src.charAt(end) === mark) end++;
  const before = state.src.slice(Math.max(0, state.pos - 4), state.pos);
  const after = state.src.slice(end, Math.min(end + 2, state.posMax));
  const isInWord = mark === '_' && /\p{L}-?$/u.test(before);
  const entersWord = mark === '_' && /^[\p{L}\p{N}]/u.test(after);
  const length = end - state.pos;
  for (let n = 0; n < length; n++) {
    state.push('text', '', 0).content = mark;
    state.delimiters.push({
      marker: mark.charCodeAt(0),
      length,
      token: state.tokens.length - 1,
      end: -1,
      open: /^\S/.test(after) && !isInWord,
      close: /\S$/.test(before) && !entersWord,
    });
  }
  state.pos = end;
  return true;
}
