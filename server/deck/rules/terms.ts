import type { StateCore, Token } from 'markdown-it';

/** Each line of a paragraph right above a definition is a term of it. */
export function terms(state: StateCore): void {
  const out: Token[] = [];
  for (const list of state.tokens) {
    const [open, inline] = out.slice(-3);
    const isTerm =
      list.type === 'dl_open' &&
      open?.type === 'paragraph_open' &&
      open.level === list.level &&
      open.map?.[1] === list.map?.[0];
    if (!isTerm || !inline) {
      out.push(list);
      continue;
    }
    out.length -= 3;
    const first = open.map?.[0] ?? 0;
    list.map = [first, list.map?.[1] ?? first];
    out.push(list);
    for (const [n, text] of inline.content.split('\n').entries()) {
      out.push(...term(state, text.trim(), first + n, list.level + 1));
    }
  }
  state.tokens = out;
}

function term(state: StateCore, text: string, line: number, level: number): Token[] {
  const open = new state.Token('dt_open', 'dt', 1);
  const inline = new state.Token('inline', '', 0);
  const close = new state.Token('dt_close', 'dt', -1);
  Object.assign(open, { map: [line, line], level, block: true });
  Object.assign(inline, { map: [line, line], level: level + 1, content: text, children: [] });
  Object.assign(close, { level, block: true });
  return [open, inline, close];
}
