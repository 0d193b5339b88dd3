import type { StateBlock, Token } from 'markdown-it';
import { extentOf, readInside } from './container.ts';
import { leftOut } from './html.ts';
import { comesLater } from './last.ts';
import { indentOf, lineStart, lineText } from './line.ts';
import { remarkOnLine } from './remark.ts';
import { closingTag, isBlockTag, type Tag, tagAt, takeAttributes } from './tag.ts';

/** Of a tag with text in it. */
const MOST_LINES = 50;
/** Hold text only. */
const TEXT_ONLY = new Set(['caption', 'dt', 'figcaption', 'p', 'summary']);

/**
 * HTML that makes a block. Tags on lines of their own have blocks between them, in Markdown; what
 * begins and ends in one paragraph has text.
 */
export function htmlBlock(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  if (indentOf(state, startLine) > 3) return false;
  const text = lineText(state, startLine);
  const tag = tagAt(text, 0);
  if (tag === undefined || tag.isEnd) return false;
  if (tag.name === 'hr' && text.length === tag.length) {
    if (silent) return true;
    state.push('hr', 'hr', 0).map = [startLine, startLine + 1];
    state.line = startLine + 1;
    return true;
  }
  if (!isBlockTag(tag.name) || !comesLater(state, '</', lineStart(state, startLine))) return false;
  const isAlone = text.length === tag.length && !TEXT_ONLY.has(tag.name);
  const read = isAlone && readBlocks(state, startLine, endLine, tag, silent);
  return read || readText(state, startLine, endLine, tag, silent);
}

/** Whether a line begins with a tag that makes a block. */
export function startsBlockTag(text: string): boolean {
  const tag = text.startsWith('<') ? tagAt(text, 0) : undefined;
  return tag !== undefined && !tag.isEnd && isBlockTag(tag.name);
}

function readBlocks(
  state: StateBlock,
  startLine: number,
  endLine: number,
  tag: Tag,
  silent: boolean,
): boolean {
  const { end, isClosed } = extentOf(state, startLine, endLine, {
    opens: new RegExp(`^<${tag.name}(\\s[^>]*)?>$`, 'i'),
    closes: new RegExp(`^</${tag.name}\\s*>$`, 'i'),
  });
  if (!isClosed || silent) return isClosed;
  pushOpen(state, tag, startLine, end + 1);
  readInside(state, startLine + 1, end);
  state.push('container_close', tag.name, -1);
  state.line = end + 1;
  return true;
}

function readText(
  state: StateBlock,
  startLine: number,
  endLine: number,
  tag: Tag,
  silent: boolean,
): boolean {
  let end = startLine + 1;
  const last = Math.min(endLine, startLine + MOST_LINES);
  while (end < last && !state.isEmpty(end) && indentOf(state, end) >= 0) end++;
  const text = state.getLines(startLine, end, state.blkIndent, false).trimStart();
  const close = closingTag(text, tag.name, tag.length, text.length);
  if (close === undefined || /^[^\n]*\S/.test(text.slice(close.end))) return false;
  if (silent) return true;
  const before = text.slice(0, tag.length).split('\n').length - 1;
  const lines = text.slice(0, close.end).split('\n').length;
  pushOpen(state, tag, startLine, startLine + lines);
  const inline = state.push('inline', '', 0);
  inline.content = text.slice(tag.length, close.start).trim();
  inline.map = [startLine + before, startLine + lines];
  inline.children = [];
  state.push('container_close', tag.name, -1);
  state.line = startLine + lines;
  return true;
}

function pushOpen(state: StateBlock, tag: Tag, from: number, to: number): Token {
  const open = state.push('container_open', tag.name, 1);
  open.map = [from, to];
  const left = takeAttributes(open, tag, state.md);
  if (left.length > 0) remarkOnLine(state, from, leftOut(tag, left));
  return open;
}
