import type { Token } from 'markdown-it';

/** An element of a token stream: its opening token, all that it holds, its closing token. */
export type Element = readonly [first: Token, ...rest: Token[]];

/** The elements of a token stream, side by side; what they hold stays inside. */
export function elements(tokens: readonly Token[]): Element[] {
  const found: Element[] = [];
  let at = 0;
  while (at < tokens.length) {
    const first = tokens[at];
    if (first === undefined) break;
    const end = first.nesting === 1 ? closing(tokens, at) : at;
    found.push([first, ...tokens.slice(at + 1, end + 1)]);
    at = end + 1;
  }
  return found;
}

/** What an element holds, without its opening and closing tokens. */
export function content(element: Element): Token[] {
  return element.slice(1, -1);
}

/** Where an element begins, from 1. */
export function lineOf([first]: Element): number {
  return (first.map?.[0] ?? 0) + 1;
}

/** Those of some inline tokens that an audience sees. */
export function visible(inline: readonly Token[]): Token[] {
  return inline.filter(({ type, content }) => {
    if (type === 'text') return content.trim() !== '';
    return !['softbreak', 'hardbreak', 'wait', 'remark', 'attribute_list'].includes(type);
  });
}

function closing(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let end = at; end < tokens.length; end++) {
    depth += tokens[end]?.nesting ?? 0;
    if (depth === 0) return end;
  }
  return tokens.length - 1;
}
