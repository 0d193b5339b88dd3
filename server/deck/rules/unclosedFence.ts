import type { StateBlock } from 'markdown-it';
import { indentOf, lineText } from './line.ts';
import { remarkOnLine } from './remark.ts';

/** A fence that is never closed ends where the next slide begins, so that the other slides live. */
export function unclosedFence(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  if (silent || indentOf(state, startLine) > 3) return false;
  const [, marks, language] = /^(`{3,}|~{3,})([^`]*)$/.exec(lineText(state, startLine)) ?? [];
  if (marks === undefined) return false;
  const closing = new RegExp(`^${marks}${marks.charAt(0)}*$`);
  let end = endLine;
  for (let line = startLine + 1; line < endLine; line++) {
    const text = lineText(state, line);
    if (text !== '' && indentOf(state, line) < 0) {
      end = Math.min(end, line);
      break;
    }
    if (indentOf(state, line) <= 3 && closing.test(text)) return false;
    if (end === endLine && state.sCount[line] === 0 && /^#[ \t]/.test(text)) end = line;
  }
  remarkOnLine(state, startLine, {
    severity: 'error',
    message: 'This fence is never closed.',
    cure: `Close it with ${marks} on a line of its own.`,
  });
  const fence = state.push('fence', 'code', 0);
  fence.info = language ?? '';
  fence.markup = marks;
  fence.content = state.getLines(startLine + 1, end, state.sCount[startLine] ?? 0, true);
  fence.map = [startLine, end];
  state.line = end;
  return true;
}
