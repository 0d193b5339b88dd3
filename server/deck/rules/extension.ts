import type { StateBlock, StateInline } from 'markdown-it';
import { knownClasses, readAttributes } from './attributes.ts';
import { type Extent, extentOf, readInside } from './container.ts';
import { comesLater } from './last.ts';
import { indentOf, lineText } from './line.ts';
import { type Remark, remarkAt, remarkOnLine } from './remark.ts';

/**
 * An extension on lines of its own: `{::wait/}` is a pause, `{::column/}` a new column, and between
 * `{::tag}`, `{::note}` or `{::columns}` and its end there are blocks. `{::comment}` is not shown.
 */
export function extensionBlock(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  if (indentOf(state, startLine) > 3) return false;
  const [, name, attributes = '', single] =
    /^\{::(\w[\w-]*)(\s[^}]*?)?(\/)?\}$/.exec(lineText(state, startLine)) ?? [];
  if (name === undefined) return false;
  if (silent) return name === 'columns' || name === 'column';
  if (single !== undefined) pushSingle(state, startLine, name);
  else return readBody(state, startLine, endLine, name, attributes);
  state.line = startLine + 1;
  return true;
}

function pushSingle(state: StateBlock, line: number, name: string): void {
  const type = { wait: 'pause', column: 'column_break' }[name];
  if (type !== undefined) state.push(type, '', 0).map = [line, line + 1];
  else if (!quiet.has(name)) remarkOnLine(state, line, idle(name) ?? unknown(name));
}

function readBody(
  state: StateBlock,
  startLine: number,
  endLine: number,
  name: string,
  attributes: string,
): boolean {
  const closes = new RegExp(`^\\{:/(${name})?\\}$`);
  const opens = hidden.has(name) ? /^(?!)/ : /^\{::\w[\w-]*(\s[^}]*)?(?<!\/)\}$/;
  const { end, isClosed } = hidden.has(name)
    ? closingLine(state, startLine, endLine, closes)
    : extentOf(state, startLine, endLine, { opens, closes });
  if (!isClosed && name !== 'columns') return false;
  if (!isClosed) remarkOnLine(state, startLine, unclosed(name));
  if (!quiet.has(name)) remarkOnLine(state, startLine, unknown(name));
  if (!hidden.has(name)) pushContainer(state, startLine, end, name, attributes);
  state.line = isClosed ? end + 1 : end;
  return true;
}

function pushContainer(
  state: StateBlock,
  startLine: number,
  end: number,
  name: string,
  attributes: string,
): void {
  const type = name === 'columns' ? 'columns' : 'container';
  const open = state.push(`${type}_open`, 'div', 1);
  open.map = [startLine, end];
  open.info = attributes;
  const classes = { columns: ['columns'], note: ['note'], tag: tagClasses(attributes) }[name] ?? [];
  if (classes.length > 0) open.attrSet('class', classes.join(' '));
  readInside(state, startLine + 1, end);
  state.push(`${type}_close`, 'div', -1);
}

function tagClasses(attributes: string): string[] {
  return knownClasses(readAttributes(attributes).values.name ?? '');
}

/** Extensions whose body does not show. */
const hidden = new Set(['comment', 'nomarkdown', 'options']);
/** Extensions that go without a word. */
const quiet = new Set(['comment', 'options', 'note', 'tag', 'columns']);

/** Where what does not show ends, whatever is in it. */
function closingLine(state: StateBlock, from: number, endLine: number, closes: RegExp): Extent {
  if (!comesLater(state, '{:/', state.bMarks[from] ?? 0)) return { end: endLine, isClosed: false };
  for (let line = from + 1; line < endLine; line++) {
    if (closes.test(lineText(state, line))) return { end: line, isClosed: true };
  }
  return { end: endLine, isClosed: false };
}

/** `{::wait/}`, `{::note}…{:/note}`, `{::tag name="x"}…{:/tag}` and `{::comment}…{:/comment}`. */
export function extension(state: StateInline, silent: boolean): boolean {
  if (!/^\{:[:/]/.test(state.src.slice(state.pos, state.pos + 3))) return false;
  const rest = state.src.slice(state.pos, state.posMax);
  const [whole, name, attributes = '', single] =
    /^\{::(\w[\w-]*)((?:\s[^}]*?)?)(\/)?\}/.exec(rest) ?? [];
  if (whole === undefined || name === undefined) return dropTag(state, rest, silent);

  const body = single === undefined ? rest.slice(whole.length) : '';
  const closing = single === undefined ? closingOf(state, body, name) : { at: 0, length: 0 };
  const start = state.pos;
  if (!silent) {
    if (closing === undefined) remarkAt(state, start, unclosed(name));
    else if (name === 'wait') state.push('wait', '', 0);
    else if (name === 'note') pushSpan(state, ['note'], start + whole.length, closing.at);
    else if (name === 'tag') {
      pushSpan(state, tagClasses(attributes), start + whole.length, closing.at);
    } else {
      const remark = idle(name) ?? (quiet.has(name) ? undefined : unknown(name));
      if (remark) remarkAt(state, start, remark);
      if (!hidden.has(name)) pushSpan(state, [], start + whole.length, closing.at);
    }
  }
  state.pos = start + whole.length + (closing === undefined ? 0 : closing.at + closing.length);
  return true;
}

/** Without an end up to some place, there is none from later on either: it is looked for once. */
function closingOf(state: StateInline, body: string, name: string) {
  const known = unclosedTags.get(state) ?? new Set<string>();
  unclosedTags.set(state, known);
  const key = `${name} ${state.posMax}`;
  if (known.has(key)) return undefined;
  const closing = closingTag(body, name);
  if (closing === undefined) known.add(key);
  return closing;
}

const unclosedTags = new WeakMap<StateInline, Set<string>>();

function closingTag(body: string, name: string): { at: number; length: number } | undefined {
  const match = new RegExp(`\\{:/(${name})?\\}`).exec(body);
  return match ? { at: match.index, length: match[0].length } : undefined;
}

function pushSpan(state: StateInline, classes: string[], start: number, length: number): void {
  if (length === 0 && classes.length === 0) return;
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
    cure: 'Write {::wait/}, {::note}, {::tag}, {::comment}, {::columns}, {::column/} or {::include/}, or take it out.',
  };
}

/** What stands where it can do nothing. */
function idle(name: string): Remark | undefined {
  const cure = {
    column: 'Put it on a line of its own, with a blank line before it and outside of lists.',
    columns: 'Put it on a line of its own, with a blank line before it.',
    include: 'Write {::include file="part.md"/} on a line of its own, outside of lists.',
  }[name];
  return cure === undefined
    ? undefined
    : { severity: 'warning', message: `{::${name}} does nothing here.`, cure };
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
