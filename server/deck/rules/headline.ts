import type { StateBlock } from 'markdown-it';
import { indentOf, lineText } from './line.ts';

/** `# Title`, also without the space; `# ` alone is text. A `{#id}` at the end has no effect. */
export function headline(state: StateBlock, line: number, _end: number, silent: boolean): boolean {
  if (indentOf(state, line) > 3) return false;
  const [, marks, text] = /^(#{1,6})[ \t]*([^# \t].*)$/.exec(lineText(state, line)) ?? [];
  if (marks === undefined || text === undefined) return false;
  if (!silent)
    pushHeadline(state, marks.length, text.replace(/(?<![ \t])[ \t]+#+$/, ''), line, line + 1);
  return true;
}

/** A line of text underlined with `=` or `-`. */
export function underlined(state: StateBlock, line: number, endLine: number): boolean {
  if (line + 1 >= endLine || indentOf(state, line) > 3 || indentOf(state, line + 1) < 0)
    return false;
  const rule = lineText(state, line + 1);
  if (indentOf(state, line + 1) > 3 || !/^(=+|-+)$/.test(rule)) return false;
  pushHeadline(state, rule.startsWith('=') ? 1 : 2, lineText(state, line), line, line + 2);
  return true;
}

function pushHeadline(state: StateBlock, level: number, text: string, from: number, to: number) {
  state.line = to;
  state.push('heading_open', `h${level}`, 1).map = [from, to];
  const inline = state.push('inline', '', 0);
  inline.content = text.replace(/(?<![ \t])[ \t]+\{#[A-Za-z][\w:-]*\}$/, '');
  inline.map = [from, from + 1];
  inline.children = [];
  state.push('heading_close', `h${level}`, -1);
}
