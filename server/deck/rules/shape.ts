import type { StateCore, Token } from 'markdown-it';

/** Brings what markdown-it read into Rabbit's shape: lists, and headlines within blocks. */
export function shape(state: StateCore): void {
  state.tokens = lastValues(joinLists(state.tokens));
  let within = 0;
  state.tokens.forEach((token, at) => {
    if (/^(list_item|blockquote|dd)_/.test(token.type)) within += token.nesting;
    if (token.type === 'ordered_list_open') token.attrs = null;
    if (token.type.startsWith('heading_') && within > 0) demote(token);
    if (/^(list_item|dd)_open$/.test(token.type)) hideParagraph(state.tokens, at + 1);
  });
}

/** Items with different bullets are one list, and so are those around a comment. */
function joinLists(tokens: readonly Token[]): Token[] {
  const joins = (at: number) => {
    const [end, begin] = [tokens[at], tokens[at + 1]];
    return (
      /^(bullet|ordered)_list_close$/.test(end?.type ?? '') &&
      end?.type.replace('_close', '_open') === begin?.type &&
      end?.level === begin?.level
    );
  };
  return tokens.filter((_, at) => !joins(at) && !joins(at - 1));
}

/** Definitions that gave way to the last one of their term, by its opening token. */
const earlier = new WeakMap<Token, readonly Token[]>();

/** What stood before a definition for the same term: all tokens, for what takes several values. */
export function definitionsBefore(last: Token): readonly Token[] {
  return earlier.get(last) ?? [];
}

/** Of two definitions for one term the last one counts. */
function lastValues(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  for (const token of tokens) {
    const before = kept.at(-1);
    if (token.type === 'dd_open' && before?.type === 'dd_close' && before.level === token.level) {
      const given = kept.splice(
        kept.findLastIndex(({ type, level }) => type === 'dd_open' && level === token.level),
      );
      const [first] = given;
      earlier.set(token, [...(first ? definitionsBefore(first) : []), ...given]);
    }
    kept.push(token);
  }
  return kept;
}

/** A headline within a block is a paragraph of it. */
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
