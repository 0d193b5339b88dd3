import type { StateBlock, StateInline, Token } from 'markdown-it';
import { readAttributes } from './attributes.ts';
import { indentOf, lineStart, lineText } from './line.ts';
import { type Remark, remarkAt, remarkOnLine } from './remark.ts';

/**
 * `{: key="value"}` on lines of its own, also over several. It becomes a token of its own, which
 * `attach` later gives to the block right before it, else to the one right after.
 */
export function attributeList(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  if (indentOf(state, startLine) > 3 || !/^\{:(?![:/])/.test(lineText(state, startLine)))
    return false;
  const start = lineStart(state, startLine);
  const last = Math.min(endLine, startLine + longest);
  for (let line = startLine; line < last && !state.isEmpty(line); line++) {
    if (line > startLine && indentOf(state, line) < 0) break;
    const end = lineStart(state, line) + lineText(state, line).length;
    const close = state.src.slice(lineStart(state, line), end).search(/(?<!\\)\}/);
    if (close < 0) continue;
    if (lineStart(state, line) + close !== end - 1) return false;
    if (!silent) pushList(state, startLine, line + 1, state.src.slice(start + 2, end - 1));
    return true;
  }
  return skipUnclosed(state, startLine, endLine, silent);
}

/** In lines; what goes on for longer is a brace that nobody closed. */
const longest = 50;

function pushList(state: StateBlock, from: number, to: number, text: string): void {
  const [, name] = /^(\w[\w-]*):(?=\s)/.exec(text) ?? [];
  const list = state.push(name === undefined ? 'attribute_list' : 'attribute_definition', '', 0);
  list.map = [from, to];
  list.info = name ?? (from > 0 && !state.isEmpty(from - 1) ? 'after' : 'before');
  list.content = name === undefined ? text : text.slice(name.length + 1);
  for (const { text: unread, at } of readAttributes(list.content).unread) {
    const position = lineStart(state, from) + 2 + text.length - list.content.length + at;
    const line = from + state.src.slice(lineStart(state, from), position).split('\n').length - 1;
    remarkOnLine(state, line, unreadable(unread), position - (state.bMarks[line] ?? 0));
  }
  state.line = to;
}

/** Takes the lines that read as attributes, so that neither they nor `{:` show. */
function skipUnclosed(state: StateBlock, from: number, endLine: number, silent: boolean): boolean {
  if (!readsAsAttributes(lineText(state, from).slice(2))) return false;
  if (silent) return true;
  remarkOnLine(state, from, unclosed);
  const list = state.push('attribute_list', '', 0);
  list.info = from > 0 && !state.isEmpty(from - 1) ? 'after' : 'before';
  list.content = lineText(state, from).slice(2);
  let line = from + 1;
  while (line < endLine && !state.isEmpty(line) && readsAsAttributes(lineText(state, line))) {
    list.content += ` ${lineText(state, line)}`;
    line++;
  }
  list.map = [from, line];
  state.line = line;
  return true;
}

function readsAsAttributes(text: string): boolean {
  const { names, unread } = readAttributes(text);
  return names.length === 0 && unread.length === 0;
}

/** What is longer is a brace that nobody closed. */
const MOST_SIGNS = 2000;

/** `{: .class}` right after a span, as in `*this*{: .x-large}`. */
export function spanAttributeList(state: StateInline, silent: boolean): boolean {
  if (!/^\{:(?![:/])/.test(state.src.slice(state.pos, state.pos + 3))) return false;
  const text = state.src.slice(state.pos + 2, Math.min(state.posMax, state.pos + MOST_SIGNS));
  const close = text.search(/(?<!\\)\}/);
  if (close < 0) {
    if (!silent) remarkAt(state, state.pos, unclosed);
    state.pos += 2;
    return true;
  }
  if (!silent) {
    const list: Token = state.push('attribute_list', '', 0);
    list.info = 'after';
    list.content = text.slice(0, close);
    list.attrSet('offset', state.pos);
    for (const { text: unread, at } of readAttributes(list.content).unread) {
      remarkAt(state, state.pos + 2 + at, unreadable(unread));
    }
  }
  state.pos += 2 + close + 1;
  return true;
}

const unclosed: Remark = {
  severity: 'error',
  message: 'This attribute list is never closed.',
  cure: 'Close it with } at the end.',
};

function unreadable(text: string): Remark {
  const [, key, value] = /^:?(\w[\w:-]*)=["']?([^"']*)/.exec(text) ?? [];
  return {
    severity: 'warning',
    message: `${text} is not an attribute.`,
    cure: key === undefined ? 'Write key="value" or .class.' : `Write ${key}="${value}".`,
  };
}
