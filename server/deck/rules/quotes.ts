import type { StateCore, Token } from 'markdown-it';

/** Quotation marks and apostrophes, as kramdown sets them: each by its neighbours, none in pairs. */
export function quotes(state: StateCore): void {
  for (const block of state.tokens) {
    if (block.type !== 'inline' || !/["']/.test(block.content)) continue;
    const inline = block.children ?? [];
    let plain = false;
    inline.forEach((token, at) => {
      if (token.type === 'link_open') plain = token.info === 'auto';
      else if (token.type === 's_open') plain = true;
      else if (token.type === 'link_close' || token.type === 's_close') plain = false;
      else if (token.type === 'text' && !plain) setQuotes(token, inline, at);
    });
  }
}

function setQuotes(token: Token, inline: readonly Token[], at: number): void {
  const text = token.content;
  const first = inline[at - 1]?.type === 'softbreak' ? '\n' : '';
  const last = written(inline, at + 1);
  token.content = text.replace(/["']/g, (quote, index: number) => {
    const before = index === 0 ? first : text.charAt(index - 1);
    const after = text.slice(index + 1, index + 5) + (index + 5 > text.length ? last : '');
    const opens = isOpening(quote, /["'–—…«»]/.test(before) ? '' : before, after);
    if (quote === '"') return opens ? '“' : '”';
    return opens ? '‘' : '’';
  });
}

/** The first signs of what an author wrote from some token on, as far as they matter here. */
function written(inline: readonly Token[], from: number): string {
  let signs = '';
  for (let at = from; at < inline.length && signs.length < 4; at++) signs += signsOf(inline[at]);
  return signs;
}

function signsOf(token: Token | undefined): string {
  switch (token?.type) {
    case 'softbreak':
    case 'hardbreak':
      return '\n';
    case 'link_open':
      return token.info === 'auto' ? '<' : '[';
    case 'image':
      return '![';
    case 'span_open':
    case 'wait':
      return '{::';
    case 'html_open':
      return '<';
    case 'code_inline':
      return '`';
    default:
      return token?.markup || (token?.content ?? '');
  }
}

/** kramdown's rules in their order; without a character before it, it is as at the beginning. */
function isOpening(quote: string, before: string, after: string): boolean {
  if (before === '' && /^[*_]{1,2}\S/.test(after)) return true;
  if (before === '' && /^[!-/:-@[-`{-~](?!\.\.)(?!\w)/.test(after)) return false;
  const isSpaced = before.trim() === '';
  if (isSpaced && /^["']\w/.test(after)) return true;
  if (isSpaced && quote === "'" && /^\d\ds/.test(after)) return false;
  if (before !== '') return isSpaced || /[[{(\\-]/.test(before);
  return !/^(\s|s\b|$)/.test(after);
}
