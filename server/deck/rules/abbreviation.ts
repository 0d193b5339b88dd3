import type { StateBlock, StateCore, Token } from 'markdown-it';
import { indentOf, lineText } from './line.ts';

/** `*[HTML]: Hyper Text Markup Language`, anywhere in the talk, on a line of its own. */
export function abbreviationDefinition(
  state: StateBlock,
  startLine: number,
  _endLine: number,
  silent: boolean,
): boolean {
  if (indentOf(state, startLine) > 3) return false;
  const [, short, long = ''] = /^\*\[(.+?)\]:(.*)$/.exec(lineText(state, startLine)) ?? [];
  if (short === undefined) return false;
  if (silent) return true;
  const all = defined.get(state.env) ?? new Map<string, string>();
  defined.set(state.env, all);
  if (all.size < MOST) all.set(short, long.trim());
  state.line = startLine + 1;
  return true;
}

/** More than any talk has; each is looked for in all of the text. */
const MOST = 500;

/** What a talk defines, by what its parse is known by. */
const defined = new WeakMap<object, Map<string, string>>();

/** Explains every abbreviation where it stands. */
export function abbreviations(state: StateCore): void {
  const all = defined.get(state.env);
  if (all === undefined) return;
  const known = [...all.keys()].sort((a, b) => b.length - a.length).map(escapeRegExp);
  const pattern = new RegExp(`(?<!\\w)(${known.join('|')})(?!\\w)`, 'g');
  for (const token of state.tokens) {
    if (token.type !== 'inline' || !token.children) continue;
    token.children = token.children.flatMap((child) =>
      child.type === 'text' ? explained(state, child, pattern, all) : [child],
    );
  }
}

function explained(
  state: StateCore,
  text: Token,
  pattern: RegExp,
  all: ReadonlyMap<string, string>,
): Token[] {
  const parts = text.content.split(pattern);
  if (parts.length === 1) return [text];
  const make = (type: string, tag: string, nesting: 0 | 1 | -1, content = '') =>
    Object.assign(new state.Token(type, tag, nesting), { content, level: text.level });
  return parts.flatMap((part, at) => {
    if (at % 2 === 0) return part === '' ? [] : [make('text', '', 0, part)];
    const open = make('abbr_open', 'abbr', 1);
    const long = all.get(part) ?? '';
    if (long !== '') open.attrSet('title', long);
    return [open, make('text', '', 0, part), make('abbr_close', 'abbr', -1)];
  });
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
