import type { StateBlock, StateInline } from 'markdown-it';
import { knownClasses, readAttributes } from './attributes.ts';
import { indentOf, lineText } from './line.ts';
import { type Remark, remarkAt, remarkOnLine } from './remark.ts';

/** `{::wait/}` alone on a line is a pause; `{::comment}` … `{:/comment}` is not shown. */
export function extensionBlock(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  if (silent || indentOf(state, startLine) > 3) return false;
  const [, name, single] =
    /^\{::(\w[\w-]*)(?:\s[^}]*?)?(\/)?\}$/.exec(lineText(state, startLine)) ?? [];
  if (name === undefined) return false;
  const end = single === undefined ? closingLine(state, startLine + 1, endLine, name) : startLine;
  if (single === undefined && (!hidden.has(name) || end === undefined)) return false;
  if (name === 'wait') state.push('pause', '', 0).map = [startLine, startLine + 1];
  else if (!quiet.has(name)) remarkOnLine(state, startLine, unknown(name));
  state.line = (end ?? startLine) + 1;
  return true;
}

/** Extensions whose body does not show. */
const hidden = new Set(['comment', 'nomarkdown', 'options']);
/** Extensions that go without a word when they are empty. */
const quiet = new Set(['comment', 'options', 'note', 'tag']);

function closingLine(state: StateBlock, from: number, endLine: number, name: string) {
  if (!state.src.includes('{:/', state.bMarks[from])) return undefined;
  for (let line = from; line < endLine; line++) {
    const text = lineText(state, line);
    if (text === `{:/${name}}` || text === '{:/}') return line;
  }
  return undefined;
}

/** `{::wait/}`, `{::note}…{:/note}`, `{::tag name="x"}…{:/tag}` and `{::comment}…{:/comment}`. */
export function extension(state: StateInline, silent: boolean): boolean {
  if (!/^\{:[:/]/.test(state.src.slice(state.pos, state.pos + 3))) return false;
  const rest = state.src.slice(state.pos, state.posMax);
  const [whole, name, attributes = '', single] =
    /^\{::(\w[\w-]*)((?:\s[^}]*?)?)(\/)?\}/.exec(rest) ?? [];
  if (whole === undefined || name === undefined) return dropTag(state, rest, silent);

  const body = single === undefined ? rest.slice(whole.length) : '';
  const closing = single === undefined ? closingTag(body, name) : { at: 0, length: 0 };
  const start = state.pos;
  if (!silent) {
    if (closing === undefined) remarkAt(state, start, unclosed(name));
    else if (name === 'wait') state.push('wait', '', 0);
    else if (name === 'note') pushSpan(state, ['note'], start + whole.length, closing.at);
    else if (name === 'tag') {
      const named = knownClasses(readAttributes(attributes).values.name ?? '');
      pushSpan(state, named, start + whole.length, closing.at);
    } else {
      if (!quiet.has(name)) remarkAt(state, start, unknown(name));
      if (!hidden.has(name)) pushSpan(state, [], start + whole.length, closing.at);
    }
  }
  state.pos = start + whole.length + (closing === undefined ? 0 : closing.at + closing.length);
  return true;
}

function closingTag(body: string, name: string): { at: number; length: number } | undefined {
  const match = new RegExp(`\\{:/(${name})?\\}`).exec(body);
  return match ? { at: match.index, length: match[0].length } : undefined;
}

function pushSpan(state: StateInline, classes: string[], start: number, length: number): void {
  if (length === 0) return;
  const max = state.posMax;
  const open = state.push('span_open', 'span', 1);
  if (classes.length > 0) open.attrSet('class', classes.join(' '));
  state.pos = start;
  state.posMax = start + length;
  state.md.inline.tokenize(state);
  state.posMax = max;
  state.push('span_close', 'span', -1);
}

/** A tag that cannot be read does not show; what is around it does. */
function dropTag(state: StateInline, rest: string, silent: boolean): boolean {
  const [tag = rest.slice(0, 3)] = /^\{:[:/][^}\s]*\}/.exec(rest) ?? [];
  if (!silent) remarkAt(state, state.pos, unreadable(tag));
  state.pos += tag.length;
  return true;
}

function unknown(name: string): Remark {
  return {
    severity: 'warning',
    message: `There is no extension {::${name}}.`,
    cure: 'Write {::wait/}, {::note}, {::tag} or {::comment}, or take it out.',
  };
}

function unclosed(name: string): Remark {
  return name === 'wait'
    ? {
        severity: 'warning',
        message: '{::wait} is not closed, so nothing waits.',
        cure: 'Write {::wait/}.',
      }
    : {
        severity: 'error',
        message: `{::${name}} is never closed.`,
        cure: `Close it with {:/${name}}.`,
      };
}

function unreadable(tag: string): Remark {
  return {
    severity: 'warning',
    message: `${tag} cannot be read here.`,
    cure: 'Write a backslash before the brace to show it as text, or take it out.',
  };
}
