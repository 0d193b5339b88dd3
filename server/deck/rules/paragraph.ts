import type { StateBlock } from 'markdown-it';
import { startsBlockTag } from './htmlBlock.ts';
import { endsLazily, markerOf } from './lazy.ts';
import { indentOf, lineText } from './line.ts';
import { type Remark, remarkOnLine } from './remark.ts';

/**
 * A paragraph as kramdown reads it: it goes on until a blank line. Headlines, fences, quotes and
 * lists need a blank line before them; only an attribute list, a definition, a comment or, within
 * a list, the next item ends it earlier.
 */
export function paragraph(state: StateBlock, startLine: number, endLine: number): boolean {
  let line = startLine + 1;
  while (line < endLine && !state.isEmpty(line) && !endsParagraph(state, line, endLine)) line++;
  const text = state.getLines(startLine, line, state.blkIndent, false);
  state.line = line;
  state.push('paragraph_open', 'p', 1).map = [startLine, line];
  const inline = state.push('inline', '', 0);
  inline.content = state.md.utils.asciiTrim(text);
  inline.map = [startLine, line];
  inline.children = [];
  state.push('paragraph_close', 'p', -1);
  remarkOnSwallowed(state, startLine + 1, line);
  return true;
}

/** `1)` begins a paragraph: only `1.` numbers a list. */
export function parenthesis(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  if (silent || !/^\d+\)/.test(lineText(state, startLine))) return false;
  return indentOf(state, startLine) <= 3 && paragraph(state, startLine, endLine);
}

function endsParagraph(state: StateBlock, line: number, endLine: number): boolean {
  if ((state.sCount[line] ?? 0) < 0 || indentOf(state, line) > 3) return false;
  const text = lineText(state, line);
  if (isDefinition(text)) return state.parentType === 'deflist' || indentOf(state, line) < 0;
  if (line + 1 < endLine && isDefinition(lineText(state, line + 1))) return true;
  if (endsLazily(state, line) || startsBlockTag(text) || DEFINES.test(text)) return true;
  const isItem = markerOf(text) !== undefined && indentOf(state, line) >= 0;
  return isItem && state.parentType === 'list';
}

/** A footnote or an abbreviation. */
const DEFINES = /^(\[\^[^\]\s]+|\*\[[^\]]+)\]:/;

function isDefinition(text: string): boolean {
  return /^:[ \t]/.test(text);
}

const swallowed: [start: RegExp, remark: Remark][] = [
  [
    /^#{1,6}[ \t]/,
    {
      severity: 'warning',
      message: 'This headline follows a line of text, so it is text too.',
      cure: 'Put a blank line before it.',
    },
  ],
  [
    /^(```|~~~)/,
    {
      severity: 'warning',
      message: 'This fence follows a line of text, so it is text too.',
      cure: 'Put a blank line before it.',
    },
  ],
  [
    /^>/,
    {
      severity: 'notice',
      message: 'This quote follows a line of text, so it is text too.',
      cure: 'Put a blank line before it.',
    },
  ],
  [
    /^\|.*\|/,
    {
      severity: 'notice',
      message: 'This table follows a line of text, so it is text too.',
      cure: 'Put a blank line before it, and one behind it.',
    },
  ],
  [
    /^([*+-]|\d+\.)[ \t]/,
    {
      severity: 'notice',
      message: 'This item follows a line of text, so it is text too.',
      cure: 'Put a blank line before it to start a list.',
    },
  ],
];

/** What only looks like a block is told once a paragraph and kind: the author may have meant it. */
function remarkOnSwallowed(state: StateBlock, from: number, to: number): void {
  for (const [start, remark] of swallowed) {
    for (let line = from; line < to; line++) {
      if (!start.test(lineText(state, line))) continue;
      remarkOnLine(state, line, remark);
      break;
    }
  }
}
