import type { StateCore, StateInline, Token } from 'markdown-it';
import { makeRemark, remarkAt } from './remark.ts';

/** What a mark in the text refers to. */
interface Note {
  /** From 1, on its slide. */
  number: number;
  content: readonly Token[];
  /** How often the slide refers to it. */
  marks: number;
}

/** Sets each footnote at the foot of the slides that refer to it, numbered from 1 on each. */
export function footnotes(state: StateCore): void {
  const { tokens, definitions } = partDefinitions(state.tokens);
  const used = new Set<string>();
  const out: Token[] = [];
  let slide = -1;
  let notes = new Map<string, Note>();
  /** Whether what is being read shows; below `## note` nothing does. */
  let shows = true;
  const endBody = () => {
    out.push(...listed(state, notes, slide, definitions, used));
    notes = new Map();
  };
  for (const token of tokens) {
    if (token.type === 'heading_open' && token.level === 0 && /^h[12]$/.test(token.tag)) {
      endBody();
      shows = token.tag === 'h1';
      if (shows) slide++;
    }
    out.push(token);
    if (shows) number(token, notes, Math.max(0, slide), definitions, state);
  }
  endBody();
  for (const [label, { open }] of definitions) if (!used.has(label)) out.push(unused(open, label));
  state.tokens = out;
}

interface Definition {
  open: Token;
  content: Token[];
}

/** Takes what footnotes say out of the talk. The first of a name counts. */
function partDefinitions(all: readonly Token[]): {
  tokens: Token[];
  definitions: Map<string, Definition>;
} {
  const tokens: Token[] = [];
  const definitions = new Map<string, Definition>();
  const open: Definition[] = [];
  for (const [at, token] of all.entries()) {
    if (token.type === 'footnote_reference_open') {
      token.map = all[at + 1]?.map ?? null;
      open.push({ open: token, content: [] });
    } else if (token.type === 'footnote_reference_close') {
      const definition = open.pop();
      const label = labelOf(definition?.open);
      if (definition && !definitions.has(label)) definitions.set(label, definition);
    } else (open.at(-1)?.content ?? tokens).push(token);
  }
  return { tokens, definitions };
}

/** Numbers the marks in a token, in the order in which they are read. */
function number(
  token: Token,
  notes: Map<string, Note>,
  slide: number,
  definitions: ReadonlyMap<string, Definition>,
  state: StateCore,
): void {
  for (const mark of token.children ?? []) {
    if (mark.type !== 'footnote_ref') continue;
    const label = labelOf(mark);
    const note = notes.get(label) ?? {
      number: notes.size + 1,
      content: label === '' ? ownContent(state, mark) : (definitions.get(label)?.content ?? []),
      marks: 0,
    };
    note.marks++;
    notes.set(label === '' ? `\n${notes.size}` : label, note);
    mark.info = `${slide}-${note.number}`;
    mark.markup = String(note.number);
    mark.content = note.marks === 1 ? '' : `-${note.marks}`;
  }
}

/** The notes of a slide. A note may refer to others; those come after it. */
function listed(
  state: StateCore,
  notes: Map<string, Note>,
  slide: number,
  definitions: ReadonlyMap<string, Definition>,
  used: Set<string>,
): Token[] {
  if (notes.size === 0) return [];
  const out = [made(state, 'footnotes_open', 1)];
  // A map goes on with what is added to it meanwhile.
  for (const [label, { number: n, content }] of notes) {
    const isTold = used.has(label);
    used.add(label);
    const id = `${Math.max(0, slide)}-${n}`;
    const copied = content.map((token) => copy(state, token, isTold));
    for (const token of copied) number(token, notes, Math.max(0, slide), definitions, state);
    const only = copied.length === 3 && copied[0]?.type === 'paragraph_open';
    if (only) for (const token of copied) token.hidden = token.type !== 'inline';
    const back = Object.assign(made(state, 'footnote_back', 0), { info: id });
    const last = copied.findLast(({ type }) => type === 'inline');
    if (last) last.children = [...(last.children ?? []), back];
    const open = Object.assign(made(state, 'footnote_open', 1), { info: id });
    out.push(open, ...copied, made(state, 'footnote_close', -1));
  }
  out.push(made(state, 'footnotes_close', -1));
  return out;
}

/** `^[…]` says itself what it refers to. */
function ownContent(state: StateCore, mark: Token): Token[] {
  const inline = made(state, 'inline', 0);
  inline.children = mark.children;
  return [
    Object.assign(new state.Token('paragraph_open', 'p', 1), { block: true }),
    inline,
    Object.assign(new state.Token('paragraph_close', 'p', -1), { block: true }),
  ];
}

/** @param isTold whether the remarks on it have a place already */
function copy(state: StateCore, token: Token, isTold: boolean): Token {
  const children = token.children?.filter(({ type }) => !(isTold && type === 'remark'));
  return Object.assign(new state.Token(token.type, token.tag, token.nesting), token, {
    attrs: token.attrs?.map(([name, value]) => [name, value]) ?? null,
    children: children?.map((child) => copy(state, child, isTold)) ?? null,
  });
}

function made(state: StateCore, type: string, nesting: 0 | 1 | -1): Token {
  return Object.assign(new state.Token(type, '', nesting), { block: true });
}

function labelOf(token: Token | undefined): string {
  const label: unknown = token?.meta?.label;
  return typeof label === 'string' ? label : '';
}

function unused(open: Token, label: string): Token {
  makeRemark(open, {
    severity: 'notice',
    message: `Nothing refers to the footnote ${label}.`,
    cure: `Write [^${label}] where it belongs, or take it out.`,
  });
  open.nesting = 0;
  return open;
}

/** `^[what it says]` in the text. */
export function inlineFootnote(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith('^[', state.pos)) return false;
  const start = state.pos + 2;
  const end = state.md.helpers.parseLinkLabel(state, state.pos + 1);
  if (end < start) return false;
  if (!silent) {
    const children: Token[] = [];
    state.push('footnote_ref', '', 0).children = children;
    state.md.inline.parse(state.src.slice(start, end), state.md, state.env, children);
  }
  state.pos = end + 1;
  return true;
}

/** `[^1]` that nothing explains is text. */
export function missingFootnote(state: StateInline, silent: boolean): boolean {
  const [whole, label] =
    /^\[\^([^\]\s]{1,99})\]/.exec(state.src.slice(state.pos, state.posMax)) ?? [];
  if (whole === undefined) return false;
  if (!silent) {
    remarkAt(state, state.pos, {
      severity: 'warning',
      message: `There is no footnote ${label}.`,
      cure: `Write [^${label}]: and what it says, on a line of its own.`,
    });
    state.pending += whole;
  }
  state.pos += whole.length;
  return true;
}

/** The HTML of the marks, the notes and the ways back. They lead to places on the same slide. */
export const footnoteHtml = {
  footnote_ref: ({ info, markup, content }: Token) =>
    `<sup class="footnote-mark" id="fnref-${info}${content}"><a href="#fn-${info}" role="doc-noteref">${markup}</a></sup>`,
  footnotes_open: () => '<div class="footnotes" role="doc-endnotes"><ol>\n',
  footnotes_close: () => '</ol></div>\n',
  footnote_open: ({ info }: Token) => `<li id="fn-${info}">`,
  footnote_close: () => '</li>\n',
  footnote_back: ({ info }: Token) =>
    ` <a class="footnote-back" href="#fnref-${info}" role="doc-backlink" aria-label="Back to the text">↩</a>`,
} satisfies Record<string, (token: Token) => string>;
