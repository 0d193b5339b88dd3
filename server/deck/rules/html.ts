import type { StateInline, Token } from 'markdown-it';
import { type Remark, remarkAt } from './remark.ts';
import { closingTag, isKnownTag, isVoidTag, type Tag, tagAt, takeAttributes } from './tag.ts';

/** Deeper than this nobody means it. */
const DEEPEST = 50;

/** HTML within text: harmless tags with harmless attributes. Everything else shows as text. */
export function html(state: StateInline, silent: boolean): boolean {
  if (state.src.charAt(state.pos) !== '<' || state.src.charAt(state.pos - 1) === '<') return false;
  const tag = tagAt(state.src, state.pos, state.posMax);
  if (tag === undefined) return false;
  const end = state.pos + tag.length;
  if (tag.isEnd || !isKnownTag(tag.name)) return showAsText(state, tag, silent);
  if (isVoidTag(tag.name)) {
    if (!silent) pushVoid(state, tag);
    state.pos = tag.name === 'br' && state.src.charAt(end) === '\n' ? end + 1 : end;
    return true;
  }
  const close = state.level < DEEPEST ? closingOf(state, tag.name, end) : undefined;
  if (close === undefined) return showAsText(state, tag, silent);
  if (silent) state.pos = end;
  else pushPair(state, tag, end, close);
  return true;
}

function pushPair(
  state: StateInline,
  tag: Tag,
  from: number,
  close: { start: number; end: number },
) {
  const isLink = tag.name === 'a';
  const open = state.push(isLink ? 'link_open' : 'html_open', tag.name, 1);
  take(state, open, tag);
  if (/^(audio|video)$/.test(tag.name)) open.attrSet('controls', '');
  const max = state.posMax;
  state.pos = from;
  state.posMax = close.start;
  if (isLink) state.linkLevel++;
  state.md.inline.tokenize(state);
  if (isLink) state.linkLevel--;
  state.pos = close.end;
  state.posMax = max;
  state.push(isLink ? 'link_close' : 'html_close', tag.name, -1);
}

function pushVoid(state: StateInline, tag: Tag): void {
  if (tag.name === 'br' || tag.name === 'hr') state.push('softbreak', 'br', 0);
  else if (tag.name !== 'img') take(state, state.push('html_void', tag.name, 0), tag);
  else {
    const image = state.push('image', 'img', 0);
    take(state, image, tag);
    const text = new state.Token('text', '', 0);
    text.content = String(image.attrGet('alt') ?? '');
    image.children = [text];
    image.content = text.content;
    if (image.attrGet('src') === null) image.attrSet('src', '');
    if (image.attrGet('alt') === null) image.attrSet('alt', '');
  }
}

function take(state: StateInline, token: Token, tag: Tag): void {
  const left = takeAttributes(token, tag, state.md);
  if (left.length > 0) remarkAt(state, state.pos, leftOut(tag, left));
}

/** What there is to say of attributes that a tag goes without. */
export function leftOut({ name }: Tag, attributes: readonly string[]): Remark {
  return {
    severity: 'notice',
    message: `<${name}> goes without its ${attributes.join(' and ')}.`,
    cure: 'Take it out, or write it in Markdown: {::tag name="large"}, {: .center}, {: width="200"}.',
  };
}

function showAsText(state: StateInline, tag: Tag, silent: boolean): boolean {
  if (!silent) {
    const remark = asText(tag);
    if (remark) remarkAt(state, state.pos, remark);
    state.pending += '<';
  }
  state.pos++;
  return true;
}

function closingOf(state: StateInline, name: string, from: number) {
  const known = unclosedTags.get(state) ?? new Map<string, number>();
  unclosedTags.set(state, known);
  // Without an end from some place on there is none from later places either.
  if (from > (known.get(name) ?? Infinity)) return undefined;
  const close = closingTag(state.src, name, from, state.posMax);
  if (close === undefined) known.set(name, from);
  return close;
}

const unclosedTags = new WeakMap<StateInline, Map<string, number>>();

/** Why a tag shows as text. The end of one that nobody knows has been told of at its beginning. */
function asText({ name, isEnd }: Tag): Remark | undefined {
  if (!isKnownTag(name)) {
    return isEnd
      ? undefined
      : {
          severity: 'notice',
          message: `<${name}> shows as text.`,
          cure: 'Write it in Markdown, or take it out.',
        };
  }
  return isEnd
    ? { severity: 'warning', message: `</${name}> closes nothing.`, cure: 'Take it out.' }
    : {
        severity: 'warning',
        message: `<${name}> is never closed, so it shows as text.`,
        cure: `Close it with </${name}>.`,
      };
}
