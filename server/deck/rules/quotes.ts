import type { StateCore, Token } from 'markdown-it';

/** Quotation marks and apostrophes, as kramdown sets them: each by its neighbours, none in pairs. */
export function quotes(state: StateCore): void {
  for (const block of state.tokens) {
    if (block.type !== 'inline' || !/["']/.test(block.content)) continue;
    const inline = block.children ?? [];
    inline.forEach((token, at) => {
      if (token.type === 'text' && !isAddress(inline, at)) setQuotes(token, inline, at);
    });
  }
}

function isAddress(inline: readonly Token[], at: number): boolean {
  const before = inline[at - 1];
  return before?.type === 'link_open' && before.info === 'auto';
}

function setQuotes(token: Token, inline: readonly Token[], at: number): void {
  const text = token.content;
  const first = inline[at - 1]?.type === 'softbreak' ? '\n' : '';
  const next = inline.slice(at + 1).find(({ type, content }) => type === 'softbreak' || content);
  const last = next?.type === 'softbreak' ? '\n' : (next?.content ?? '');
  token.content = text.replace(/["']/g, (quote, index: number) => {
    const before = index === 0 ? first : text.charAt(index - 1);
    const after = text.slice(index + 1, index + 5) + (index + 5 > text.length ? last : '');
    const side = sideOf(quote, /["'–—…«»]/.test(before) ? '' : before, after);
    if (side === undefined) return quote;
    return side === 'opens' ? opening(quote) : closing(quote);
  });
}

function opening(quote: string): string {
  return quote === '"' ? '“' : '‘';
}

function closing(quote: string): string {
  return quote === '"' ? '”' : '’';
}

/** kramdown's rules in their order; without a character before it, it is as at the beginning. */
function sideOf(quote: string, before: string, after: string): 'opens' | 'closes' | undefined {
  const starts = before.trim() === '';
  if (before === '' && /^[!-/:-@[-`{-~](?!\.\.)(?!\w)/.test(after)) return 'closes';
  if (starts && /^["']\w/.test(after)) return 'opens';
  if (starts && quote === "'" && /^\d\ds/.test(after)) return 'closes';
  if (!starts && !/[[{(\\-]/.test(before)) return 'closes';
  if (/^\w/.test(after)) return before === '' && /^s\b/.test(after) ? 'closes' : 'opens';
  if (before !== '') return sideOf(quote, '', after);
  return /^(\s|$)/.test(after) ? 'closes' : undefined;
}
