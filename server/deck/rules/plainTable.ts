import type { StateBlock } from 'markdown-it';
import { indentOf, lineText } from './line.ts';

/** A table without a head: lines that begin with `|`, with rules between them that do not show. */
export function plainTable(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  if (silent || !isRow(state, startLine)) return false;
  let end = startLine + 1;
  while (end < endLine && isRow(state, end)) end++;
  state.push('table_open', 'table', 1).map = [startLine, end];
  state.push('tbody_open', 'tbody', 1);
  for (let line = startLine; line < end; line++) {
    const text = lineText(state, line);
    if (!/^[|:\s-]*-[|:\s-]*$/.test(text)) pushRow(state, text, line);
  }
  state.push('tbody_close', 'tbody', -1);
  state.push('table_close', 'table', -1);
  state.line = end;
  return true;
}

function isRow(state: StateBlock, line: number): boolean {
  const indent = indentOf(state, line);
  return indent >= 0 && indent <= 3 && /^\|.*\S/.test(lineText(state, line));
}

function pushRow(state: StateBlock, text: string, line: number): void {
  state.push('tr_open', 'tr', 1).map = [line, line + 1];
  for (const cell of text
    .slice(1)
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/)) {
    state.push('td_open', 'td', 1);
    const inline = state.push('inline', '', 0);
    inline.content = cell.trim().replaceAll('\\|', '|');
    inline.map = [line, line + 1];
    inline.children = [];
    state.push('td_close', 'td', -1);
  }
  state.push('tr_close', 'tr', -1);
}
