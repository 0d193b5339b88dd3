import type { StateInline } from 'markdown-it';
import { remarkAt } from './remark.ts';

/** An author's HTML is text, as everything is that is not Markdown. Told once a paragraph. */
export function html(state: StateInline, silent: boolean): boolean {
  if (state.src.charAt(state.pos) !== '<') return false;
  if (state.src.charAt(state.pos - 1) === '<') return false;
  const rest = state.src.slice(state.pos, state.posMax);
  if (!/^<\/?[a-z][a-z\d-]*(\s[^<>]*)?\/?>/i.test(rest)) return false;
  if (!silent && !state.tokens.some(({ type, content }) => type === 'remark' && content === told)) {
    remarkAt(state, state.pos, {
      severity: 'notice',
      message: told,
      cure: 'Write it in Markdown; a new line is a line break already.',
    });
  }
  if (!silent) state.pending += '<';
  state.pos++;
  return true;
}

const told = 'HTML shows as text.';
