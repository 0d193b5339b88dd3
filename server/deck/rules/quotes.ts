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
  const next = inline.slice(at + 1).find(({ type, content }) => type === 'softbreak' || content);
  const last = next?.type === 'softbreak' ? '\n' : (next?.content ?? '');
  token.content = text.replace(/["']/g, (quote, index: number) => {
    const before = index === 0 ? first : text.charAt(index - 1);
    const after = text.slice(index + 1, index + 5) + (index + 5 > text.length ? last : '');
    const opens = isOpening(quote, /["'–—…«»]/.test(before) ? '' : before, after);
    if (quote === '"') return opens ? '“' : '”';
    return opens ? '‘' : '’';
  });
}

/** kramdown's rules in their order; without a character before it, it is as at the beginning. */
function isOpening(quote: string, before: string, after: string): boolean {
  if (before === '' && /^[!-/:-@[-`{-~](?!\.\.)(?!\w)/.test(after)) return false;
  const isSpaced = before.trim() === '';
  if (isSpaced && /^["']\w/.test(after)) return true;
  if (isSpaced && quote === "'" && /^\d\ds/.test(after)) return false;
  if (before !== '') return isSpaced || /[[{(\\-]/.test(before);
  return !/^(\s|s\b|$)/.test(after);
}
