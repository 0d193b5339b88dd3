import type { StateBlock } from 'markdown-it';
import { indentOf, lineText } from './line.ts';

type Side = 'left' | 'right' | 'center' | undefined;

/** What a table's lines say, before its cells are read. */
interface Rows {
  head: Row[];
  body: Row[];
  sides: Side[];
}
interface Row {
  cells: string[];
  line: number;
}

/**
 * Lines with `|` in them, as kramdown reads them: with or without one at their ends, with or without
 * a head. What ends in the middle of a paragraph is a table only if GFM reads it as one.
 */
export function table(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  if (silent) return false;
  let end = startLine;
  while (end < endLine && isRow(state, end)) end++;
  if (end === startLine) return false;
  const isMeant = isBounded(state, end, endLine) && state.parentType !== 'deflist';
  if (!isMeant && !isRule(state, startLine + 1)) return false;
  const rows = readRows(state, startLine, end);
  if (rows.head.length + rows.body.length === 0) return false;
  pushTable(state, rows, startLine, end);
  state.line = end;
  return true;
}

const RULE = /^[+|:=\s-]*[-=][+|:=\s-]*$/;
/** Short rows are filled up only in a table that somebody may have meant. */
const MOST_CELLS = 65_536;

function isRow(state: StateBlock, line: number): boolean {
  const indent = indentOf(state, line);
  if (indent < 0 || indent > 3 || state.isEmpty(line)) return false;
  const text = lineText(state, line);
  // An attribute list may name lines of code: {: lines="1|3"}.
  return !/^\{:(?![:/])/.test(text) && partsOf(text).length > 1;
}

function isRule(state: StateBlock, line: number): boolean {
  return line < state.lineMax && RULE.test(lineText(state, line)) && isRow(state, line);
}

/** Whether nothing but a blank line or a word to the parser follows. */
function isBounded(state: StateBlock, line: number, endLine: number): boolean {
  if (line >= endLine || state.isEmpty(line) || indentOf(state, line) < 0) return true;
  return /^(\{:(?![:/])|<!--|\^$)/.test(lineText(state, line));
}

function readRows(state: StateBlock, from: number, to: number): Rows {
  const isEdged = lineText(state, from).startsWith('|');
  const rows: Rows = { head: [], body: [], sides: [] };
  for (let line = from; line < to; line++) {
    const text = lineText(state, line);
    if (!RULE.test(text)) rows.body.push({ cells: cellsOf(text, isEdged), line });
    else if (rows.head.length === 0 && rows.body.length > 0 && rows.sides.length === 0) {
      rows.head = rows.body.splice(0);
      rows.sides = [...text.matchAll(/(:?)-+(:?)/g)].map(([, left, right]) => side(left, right));
    }
  }
  return rows;
}

function side(left = '', right = ''): Side {
  if (right === '') return left === '' ? undefined : 'left';
  return left === '' ? 'right' : 'center';
}

function cellsOf(text: string, isEdged: boolean): string[] {
  const cells = partsOf(text).map((cell) => cell.replaceAll('\\|', '|').trim());
  if (isEdged && cells[0] === '') cells.shift();
  if (cells.at(-1) === '') cells.pop();
  return cells;
}

/** A line parted at each `|` that is neither escaped nor code. */
function partsOf(text: string): string[] {
  const parts = [''];
  const put = (more: string) => parts.push((parts.pop() ?? '') + more);
  const pieces = text.split(/(`+|\\.|\|)/);
  const closing = closingRuns(pieces);
  for (let at = 0; at < pieces.length; at++) {
    const end = closing.get(at) ?? at;
    if (pieces[at] === '|') parts.push('');
    else put(pieces.slice(at, end + 1).join(''));
    at = end;
  }
  return parts;
}

/** Of each run of backticks that begins code, where the next run as long is. */
function closingRuns(pieces: readonly string[]): Map<number, number> {
  const next = new Map<number, number>();
  const nearest = new Map<string, number>();
  for (let at = pieces.length - 1; at >= 0; at--) {
    const piece = pieces[at] ?? '';
    if (!piece.startsWith('`')) continue;
    const end = nearest.get(piece);
    if (end !== undefined) next.set(at, end);
    nearest.set(piece, at);
  }
  return next;
}

function pushTable(state: StateBlock, { head, body, sides }: Rows, from: number, to: number) {
  const rows = [...head, ...body];
  const widest = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const width = widest * rows.length > MOST_CELLS ? 0 : widest;
  const pushRows = (rows: readonly Row[], group: string, tag: 'th' | 'td') => {
    if (rows.length === 0) return;
    state.push(`${group}_open`, group, 1);
    for (const row of rows) pushRow(state, row, tag, sides, width);
    state.push(`${group}_close`, group, -1);
  };
  state.push('table_open', 'table', 1).map = [from, to];
  pushRows(head, 'thead', 'th');
  pushRows(body, 'tbody', 'td');
  state.push('table_close', 'table', -1);
}

function pushRow(
  state: StateBlock,
  { cells, line }: Row,
  tag: 'th' | 'td',
  sides: readonly Side[],
  width: number,
): void {
  state.push('tr_open', 'tr', 1).map = [line, line + 1];
  for (let column = 0; column < Math.max(width, cells.length); column++) {
    const cell = state.push(`${tag}_open`, tag, 1);
    if (sides[column]) cell.attrSet('class', `align-${sides[column]}`);
    const inline = state.push('inline', '', 0);
    inline.content = cells[column] ?? '';
    inline.map = [line, line + 1];
    inline.children = [];
    state.push(`${tag}_close`, tag, -1);
  }
  state.push('tr_close', 'tr', -1);
}
