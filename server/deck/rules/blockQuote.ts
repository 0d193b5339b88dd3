import type { StateBlock } from 'markdown-it';
import { endsLazily, startsTag } from './lazy.ts';
import { indentOf, lineStart, lineText } from './line.ts';

/** `> …` as kramdown reads it: it goes on until a blank line, with or without further marks. */
export function blockQuote(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  if (!isMarked(state, startLine)) return false;
  if (silent) return true;
  let end = startLine + 1;
  while (end < endLine && goesOn(state, end)) end++;

  const { blkIndent, lineMax, listIndent, parentType } = state;
  const restore = Array.from({ length: end - startLine }, (_, n) => strip(state, startLine + n));
  Object.assign(state, { blkIndent: 0, lineMax: end, listIndent: -1, parentType: 'blockquote' });
  state.push('blockquote_open', 'blockquote', 1).map = [startLine, end];
  state.md.block.tokenize(state, startLine, end);
  state.push('blockquote_close', 'blockquote', -1);
  Object.assign(state, { blkIndent, lineMax, listIndent, parentType, line: end });
  for (const undo of restore) undo();
  return true;
}

function goesOn(state: StateBlock, line: number): boolean {
  return !(state.isEmpty(line) || endsLazily(state, line) || startsTag(lineText(state, line)));
}

function isMarked(state: StateBlock, line: number): boolean {
  const indent = indentOf(state, line);
  return indent >= 0 && indent <= 3 && lineText(state, line).startsWith('>');
}

/** Takes the mark and one space off a line. @returns how to put them back */
function strip(state: StateBlock, line: number): () => void {
  const start = lineStart(state, line);
  const marks = [state.bMarks, state.tShift, state.sCount, state.bsCount];
  const before = marks.map((all) => all[line] ?? 0);
  const undo = () => {
    marks.forEach((all, n) => {
      all[line] = before[n] ?? 0;
    });
  };
  const hasMark = isMarked(state, line);
  const column = state.sCount[line] ?? 0;
  const [, space = '', shift = ''] = hasMark
    ? (/^>( ?)([ \t]*)/.exec(state.src.slice(start, state.eMarks[line])) ?? [])
    : [];
  const skipped = hasMark ? 1 + space.length : 0;
  const indent = shift
    .split('')
    .reduce(
      (width, sign) => (sign === '\t' ? width + 4 - ((width + column + skipped) % 4) : width + 1),
      0,
    );
  state.bMarks[line] = start + skipped;
  state.tShift[line] = shift.length;
  state.sCount[line] = hasMark ? indent : Math.max(0, indentOf(state, line));
  state.bsCount[line] = column + skipped;
  return undo;
}
