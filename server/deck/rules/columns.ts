import type { StateCore, Token } from 'markdown-it';
import { readAttributes } from './attributes.ts';
import { makeRemark } from './remark.ts';

/** Columns that are open, and how many of them have begun. */
interface Open {
  token: Token;
  begun: number;
}

/**
 * Sets what stands between `{::column/}` in columns: within `{::columns}` … `{:/columns}`, or, on a
 * slide without that pair, all of its body.
 */
export function columns(state: StateCore): void {
  if (!state.tokens.some(({ type }) => type === 'columns_open' || type === 'column_break')) return;
  const out: Token[] = [];
  const open: Open[] = [];
  let body = 0;
  for (const token of withEnd(state)) {
    const around = open.at(-1);
    if (endsBody(token) && around && isWhole(around)) {
      out.push(tag(state, 'column', -1), tag(state, 'columns', -1));
      open.pop();
    }
    if (token.type === 'columns_close') {
      out.push(tag(state, 'column', -1));
      open.pop();
    }
    if (token.type !== 'column_break') out.push(token);
    else if (around?.begun === 1 && out.at(-1)?.type === 'column_open') {
      // What begins the first column begins no second one.
    } else if (around && token.level === levelIn(around)) {
      out.push(tag(state, 'column', -1), beginColumn(state, around));
    } else if (token.level === 0) {
      const whole = { token: tag(state, 'columns', 1), begun: 0 };
      const isFirst = out.length === body;
      out.splice(body, 0, whole.token, beginColumn(state, whole));
      if (!isFirst) out.push(tag(state, 'column', -1), beginColumn(state, whole));
      open.push(whole);
    } else {
      makeRemark(token, misplaced);
      out.push(token);
    }
    if (token.type === 'columns_open') {
      const begun = { token, begun: 0 };
      open.push(begun);
      out.push(beginColumn(state, begun));
    }
    if (token.type === 'heading_close' && token.level === 0) body = out.length;
  }
  out.pop();
  state.tokens = out;
}

/** The columns of a body end with the tokens; so a headline that is none stands at their end. */
function withEnd(state: StateCore): Token[] {
  return [...state.tokens, new state.Token('heading_open', 'h1', 1)];
}

function endsBody({ type, tag, level }: Token): boolean {
  return type === 'heading_open' && level === 0 && /^h[12]$/.test(tag);
}

/** Whether columns are those of a slide's whole body: no line of the source opened them. */
function isWhole({ token }: Open): boolean {
  return token.map === null;
}

function levelIn(open: Open): number {
  return isWhole(open) ? 0 : open.token.level + 1;
}

function beginColumn(state: StateCore, open: Open): Token {
  const widths = (readAttributes(open.token.info).values.widths ?? '').split(/[\s,:]+/);
  const width = widths[open.begun++] ?? '';
  const column = tag(state, 'column', 1);
  if (/^[1-9]\d?$/.test(width)) column.attrJoin('class', `grow-${width}`);
  return column;
}

function tag(state: StateCore, name: 'columns' | 'column', nesting: 1 | -1): Token {
  const token = new state.Token(nesting === 1 ? `${name}_open` : `${name}_close`, 'div', nesting);
  token.block = true;
  if (nesting === 1) token.attrSet('class', name);
  return token;
}

const misplaced = {
  severity: 'warning',
  message: 'A column cannot begin here.',
  cure: 'Write {::column/} on a line of its own, outside of lists and quotes.',
} as const;
