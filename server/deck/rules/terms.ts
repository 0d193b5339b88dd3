import type { StateCore, Token } from 'markdown-it';

/** Each line of a paragraph right above a definition is a term of it. */
export function terms(state: StateCore): void {
  const { tokens } = state;
  for (let at = 3; at < tokens.length; at++) {
    const [open, inline, close, list] = tokens.slice(at - 3, at + 1);
    if (list?.type !== 'dl_open' || open?.type !== 'paragraph_open' || !inline || !close) continue;
    if (list.level !== open.level || open.map?.[1] !== list.map?.[0]) continue;
    const first = open.map?.[0] ?? 0;
    const entries = inline.content
      .split('\n')
      .flatMap((text, n) => term(state, text.trim(), first + n, list.level + 1));
    list.map = [first, list.map?.[1] ?? first];
    tokens.splice(at - 3, 4, list, ...entries);
    at += entries.length;
  }
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
