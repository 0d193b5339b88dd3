import type { StateCore, Token } from 'markdown-it';

const symbols: [written: RegExp, set: string][] = [
  [/---/g, '—'],
  [/--/g, '–'],
  [/\.\.\./g, '…'],
  [/<< /g, '«\u00a0'],
  [/ >>/g, '\u00a0»'],
  [/<</g, '«'],
  [/>>/g, '»'],
];

/**
 * Dashes, the ellipsis and guillemets, as kramdown sets them; never in code, in a bare address or
 * in what is struck out.
 */
export function typography(state: StateCore): void {
  for (const block of state.tokens) {
    if (block.type === 'inline') block.children?.reduce(setSymbols, false);
  }
}

function setSymbols(isPlain: boolean, token: Token): boolean {
  if (token.type === 'link_open') return token.info === 'auto';
  if (token.type === 's_open') return true;
  if (token.type === 'link_close' || token.type === 's_close') return false;
  if (token.type === 'text' && !isPlain) {
    for (const [written, set] of symbols) token.content = token.content.replace(written, set);
  }
  return isPlain;
}
