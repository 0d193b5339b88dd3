import type { StateInline } from 'markdown-it';
import { type Remark, remarkAt } from './remark.ts';

/**
 * A backslash and what it protects. As in Rabbit it goes before a letter too, and two of them with
 * an `n` are a new line.
 */
export function backslash(state: StateInline, silent: boolean): boolean {
  if (state.src.charAt(state.pos) !== '\\') return false;
  const next = state.src.slice(state.pos + 1, Math.min(state.pos + 3, state.posMax));
  if (next === '\\n') {
    if (!silent) state.push('softbreak', 'br', 0);
    state.pos += 3;
  } else if (next.startsWith('\n')) {
    state.pos += 1;
  } else if (/^[!-/:-~]/.test(next)) {
    if (!silent) {
      const token = state.push('text_special', '', 0);
      token.content = next.charAt(0);
      token.markup = `\\${token.content}`;
      token.info = 'escape';
      if (/^[a-z]/i.test(next)) remarkAt(state, state.pos, lost(token.content));
    }
    state.pos += 2;
  } else {
    if (!silent) state.pending += '\\';
    state.pos += 1;
  }
  return true;
}

function lost(letter: string): Remark {
  return {
    severity: 'notice',
    message: `The backslash before ${letter} does not show.`,
    cure:
      letter === 'n'
        ? 'Write \\\\n for a new line, or begin one.'
        : 'Write two, or put it in `backticks`.',
  };
}
