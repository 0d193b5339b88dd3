import type { StateBlock, StateInline } from 'markdown-it';
import { escapeHtml } from '../escape.ts';
import { formula } from '../math.ts';
import { indentOf, lineStart, lineText } from './line.ts';
import { type Remark, remarkAt, remarkOnLine } from './remark.ts';

/** `$$ … $$` that stands alone, also over several lines: a formula of its own, as kramdown has it. */
export function mathBlock(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  if (indentOf(state, startLine) > 3 || !lineText(state, startLine).startsWith('$$')) return false;
  const start = lineStart(state, startLine) + 2;
  let line = startLine;
  while (line < endLine && !closes(state, line, start)) {
    if (++line - startLine > longest || state.isEmpty(line)) return false;
  }
  if (line >= endLine || !ends(state, line, endLine)) return false;
  const end = lineStart(state, line) + lineText(state, line).length - 2;
  if (state.src.slice(start, end).includes('$$')) return false;
  if (silent) return true;
  pushMath(state, state.src.slice(start, end), startLine, line + 1);
  state.line = line + 1;
  return true;
}

/** In lines. */
const longest = 50;

function closes(state: StateBlock, line: number, start: number): boolean {
  const text = lineText(state, line);
  return text.endsWith('$$') && lineStart(state, line) + text.length - 2 >= start;
}

/** After a formula comes a blank line, or its attribute list. */
function ends(state: StateBlock, line: number, endLine: number): boolean {
  const next = line + 1;
  return next >= endLine || state.isEmpty(next) || lineText(state, next).startsWith('{:');
}

function pushMath(state: StateBlock, source: string, from: number, to: number): void {
  const token = state.push('math_block', 'math', 0);
  token.block = true;
  token.map = [from, to];
  token.content = source.trim();
  const remark = mathRemark(token.content, true);
  if (remark) remarkOnLine(state, from, remark);
}

/** `$$ … $$` within text. */
export function mathInline(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith('$$', state.pos)) return false;
  const start = state.pos + 2;
  const close = state.src.indexOf('$$', start);
  if (close < 0 || close + 2 > state.posMax) return false;
  const source = state.src.slice(start, close);
  if (source.trim() === '') return false;
  if (!silent) {
    const token = state.push('math_inline', 'math', 0);
    token.content = source.trim();
    const remark = mathRemark(token.content, false);
    if (remark) remarkAt(state, state.pos, remark);
  }
  state.pos = close + 2;
  return true;
}

/** What is wrong with a formula, if anything is. */
export function mathRemark(source: string, display: boolean): Remark | undefined {
  const made = formula(source, display);
  if ('html' in made) return undefined;
  return {
    severity: 'error',
    message: `This formula can’t be set: ${made.fault}.`,
    cure: 'Mend the LaTeX here; inside ` ` two dollars are code.',
  };
}

/** A formula, or its source where it can't be set. */
export function mathHtml(source: string, display: boolean): string {
  const made = formula(source, display);
  if ('html' in made) return made.html;
  const code = `<code>${escapeHtml(source)}</code>`;
  return display ? `<pre>${code}</pre>` : code;
}
