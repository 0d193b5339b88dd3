import type { StateCore, Token } from 'markdown-it';

/** `[ ]` and `[x]` at the beginning of an item become signs. */
export function tasks(state: StateCore): void {
  state.tokens.forEach((token, at) => {
    const [open, inline] = state.tokens.slice(at + 1, at + 3);
    if (token.type !== 'list_item_open' || open?.type !== 'paragraph_open') return;
    const children = inline?.children ?? [];
    const first = children.findIndex(({ type, content }) => type !== 'wait' && content !== '');
    const text = children[first];
    const [whole, sign] = /^\s*\[([ xX])\](?:\s+|$)/.exec(text?.content ?? '') ?? [];
    if (text?.type !== 'text' || whole === undefined) return;
    text.content = text.content.slice(whole.length);
    children.splice(first, 0, taskSign(state, sign !== ' '));
    token.attrJoin('class', 'task');
  });
}

function taskSign(state: StateCore, isDone: boolean): Token {
  const token = new state.Token('task', 'span', 0);
  token.attrSet('class', isDone ? 'task-sign done' : 'task-sign');
  token.attrSet('role', 'img');
  token.attrSet('aria-label', isDone ? 'Done:' : 'To do:');
  return token;
}
