import type { StateCore, Token } from 'markdown-it';

/** Brings what markdown-it read into Rabbit's shape: lists, headlines within blocks, tables. */
export function shape(state: StateCore): void {
  state.tokens = lastValues(joinLists(state.tokens));
  state.tokens.forEach((token, at) => {
    if (token.type === 'ordered_list_open') token.attrs = null;
    if (token.level > 0 && token.type.startsWith('heading_')) demote(token);
    if (/^(list_item|dd)_open$/.test(token.type)) hideParagraph(state.tokens, at + 1);
    if (/^t[hd]_open$/.test(token.type)) alignByClass(token);
  });
}

/** Items with different bullets are one list. */
function joinLists(tokens: readonly Token[]): Token[] {
  const joins = (at: number) =>
    tokens[at]?.type === 'bullet_list_close' &&
    tokens[at + 1]?.type === 'bullet_list_open' &&
    tokens[at]?.level === tokens[at + 1]?.level;
  return tokens.filter((_, at) => !joins(at) && !joins(at - 1));
}

/** Of two definitions for one term the last one counts. */
function lastValues(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  for (const token of tokens) {
    const before = kept.at(-1);
    if (token.type === 'dd_open' && before?.type === 'dd_close' && before.level === token.level) {
      kept.length = kept.findLastIndex(
        ({ type, level }) => type === 'dd_open' && level === token.level,
      );
    }
    kept.push(token);
  }
  return kept;
}

/** Numbers begin at 1, and a headline within a block is a paragraph of it. */
function demote(token: Token): void {
  token.type = token.type.replace('heading', 'paragraph');
  token.tag = 'p';
}

/** An item's first paragraph is the item itself; further ones stand apart. */
function hideParagraph(tokens: readonly Token[], at: number): void {
  const [open, , close] = tokens.slice(at, at + 3);
  if (open?.type !== 'paragraph_open' || close?.type !== 'paragraph_close') return;
  open.hidden = true;
  close.hidden = true;
}

function alignByClass(token: Token): void {
  const style = token.attrGet('style');
  const [, side] = /^text-align:(\w+)$/.exec(String(style)) ?? [];
  token.attrs = side === undefined ? null : [['class', `align-${side}`]];
}
