import type { StateInline } from 'markdown-it';

/** `` `code` `` as kramdown reads it: the next run of as many backticks closes it, new lines stay. */
export function codeSpan(state: StateInline, silent: boolean): boolean {
  const marks = /^`+/.exec(state.src.slice(state.pos, state.posMax))?.[0];
  if (marks === undefined) return false;
  const start = state.pos + marks.length;
  const close = state.src.indexOf(marks, start);
  if (close < 0 || close + marks.length > state.posMax) {
    if (!silent) state.pending += marks;
    state.pos = start;
    return true;
  }
  if (!silent) {
    const text = state.src.slice(start, close);
    const token = state.push('code_inline', 'code', 0);
    token.markup = marks;
    token.content = marks.length === 1 ? text : text.replace(/^ /, '').replace(/ $/, '');
  }
  state.pos = close + marks.length;
  return true;
}
