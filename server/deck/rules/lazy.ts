import type { StateBlock } from 'markdown-it';
import { indentOf, lineText } from './line.ts';

/**
 * Whether a line ends a paragraph, a quote or an item that goes on without its marks: a word to the
 * parser, the next item of a list around it, or a tag that is none of text.
 */
export function endsLazily(state: StateBlock, line: number): boolean {
  if ((state.sCount[line] ?? 0) < 0 || indentOf(state, line) > 3) return false;
  const text = lineText(state, line);
  if (/^\{:(?![:/])|^<!--/.test(text) || isBlockEnd(state, line)) return true;
  if (indentOf(state, line) >= 0) return false;
  const marker = markerOf(text);
  return marker === undefined ? startsTag(text) : isWithin(state, marker);
}

/** `^` alone on a line: what stands before it ends here. */
export function isBlockEnd(state: StateBlock, line: number): boolean {
  return indentOf(state, line) <= 0 && lineText(state, line) === '^';
}

/** The kind of list whose item a line would begin. */
export function markerOf(text: string): 'ul' | 'ol' | undefined {
  if (/^[*+-](\s|$)/.test(text)) return 'ul';
  return /^\d+\.(\s|$)/.test(text) ? 'ol' : undefined;
}

/** As kramdown has it an address in angle brackets is such a tag, too. */
export function startsTag(text: string): boolean {
  return TAG.test(text);
}

const TAG =
  /^<\/?(?!(?:a|abbr|acronym|b|big|bdo|br|button|cite|code|del|dfn|em|i|img|input|ins|kbd|label|mark|option|q|rb|rbc|rp|rt|rtc|ruby|samp|script|select|small|span|sub|sup|strong|textarea|time|tt|u|var)\b)[A-Za-z_]/;

/** Whether a list of that kind is open around what is being read. */
function isWithin(state: StateBlock, list: 'ul' | 'ol'): boolean {
  let level = state.level;
  for (let at = state.tokens.length - 1; at >= 0 && level > 0; at--) {
    const token = state.tokens[at];
    if (token === undefined || token.nesting !== 1 || token.level >= level) continue;
    level = token.level;
    if (token.type === 'list_item_open' && (token.info === '' ? 'ul' : 'ol') === list) return true;
  }
  return false;
}
