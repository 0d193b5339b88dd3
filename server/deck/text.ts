import type { Token } from 'markdown-it';

/** What an audience reads of these tokens, as plain text: one line a line. */
export function textOf(tokens: readonly Token[]): string {
  return tokens
    .map(textOfToken)
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function textOfToken(token: Token): string {
  switch (token.type) {
    case 'inline':
      return textOf(token.children ?? []);
    case 'image':
      return textOf(token.children ?? []);
    case 'text':
    case 'code_inline':
    case 'code_block':
    case 'fence':
    case 'math_block':
    case 'math_inline':
      return token.content;
    case 'softbreak':
    case 'paragraph_close':
    case 'list_item_close':
    case 'dt_close':
    case 'dd_close':
    case 'tr_close':
    case 'bullet_list_open':
    case 'ordered_list_open':
      return '\n';
    case 'hardbreak':
      return '\n\n';
    case 'th_close':
    case 'td_close':
      return ' ';
    default:
      return '';
  }
}
