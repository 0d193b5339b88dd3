import type { Token } from 'markdown-it';
import { knownClasses } from './attributes.ts';

/** A tag of HTML as its author wrote it. */
export interface Tag {
  /** In lower case. */
  name: string;
  /** Names in lower case; values as text, with their entities. */
  attributes: [name: string, value: string][];
  isEnd: boolean;
  /** Signs of the source that it takes. */
  length: number;
}

const ATTRIBUTE = /\s+([a-z_:][\w:.-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?/gi;
const TAG = new RegExp(`<(/?)([a-z][a-z\\d-]*)((?:${ATTRIBUTE.source})*)\\s*/?>`, 'iy');

/** The tag that begins at a place of a text. */
export function tagAt(source: string, at: number, max = source.length): Tag | undefined {
  TAG.lastIndex = at;
  const [whole, slash, name = '', written = ''] = TAG.exec(source) ?? [];
  if (whole === undefined || at + whole.length > max) return undefined;
  const attributes = Array.from(
    written.matchAll(ATTRIBUTE),
    ([, key = '', value = '']): [string, string] => [
      key.toLowerCase(),
      value.replace(/^(["'])([\s\S]*)\1$/, '$2'),
    ],
  );
  return { name: name.toLowerCase(), attributes, isEnd: slash !== '', length: whole.length };
}

/** Tags that stand within text, between others of their kind or around them. */
const INLINE = new Set(
  'a abbr audio b cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var video'.split(
    ' ',
  ),
);
/** Tags that make a block. */
const BLOCK = new Set(
  'blockquote caption dd details div dl dt figcaption figure li ol p summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
const VOID = new Set(['br', 'hr', 'img', 'source', 'wbr']);

export function isBlockTag(name: string): boolean {
  return BLOCK.has(name);
}

export function isVoidTag(name: string): boolean {
  return VOID.has(name);
}

export function isKnownTag(name: string): boolean {
  return INLINE.has(name) || BLOCK.has(name) || VOID.has(name);
}

/** Where the tag ends that an opening one, read up to `from`, began. */
export function closingTag(
  source: string,
  name: string,
  from: number,
  max: number,
): { start: number; end: number } | undefined {
  const same = new RegExp(`<(/?)${name}(?=[\\s/>])[^<>]*>`, 'gi');
  same.lastIndex = from;
  let depth = 0;
  for (let match = same.exec(source); match; match = same.exec(source)) {
    const end = match.index + match[0].length;
    if (end > max) return undefined;
    if (match[1] === '') depth++;
    else if (depth-- === 0) return { start: match.index, end };
  }
  return undefined;
}

const NUMBER = /^\d{1,5}$/;
const WORD = /^[\w-]*$/;
const TEXT = /^/;
/** What is taken over, and how its value must look: by itself, or of a tag. */
const ATTRIBUTES: Record<string, RegExp> = {
  title: TEXT,
  lang: WORD,
  dir: /^(ltr|rtl|auto)$/i,
  'img alt': TEXT,
  'img width': NUMBER,
  'img height': NUMBER,
  'video width': NUMBER,
  'video height': NUMBER,
  'video loop': WORD,
  'video muted': WORD,
  'audio loop': WORD,
  'audio muted': WORD,
  'source type': /^[\w/+.-]+$/,
  'td colspan': NUMBER,
  'td rowspan': NUMBER,
  'th colspan': NUMBER,
  'th rowspan': NUMBER,
  'ol start': NUMBER,
  'ol reversed': WORD,
  'li value': NUMBER,
  'details open': WORD,
  'time datetime': /^[\w:.+-]+$/,
};
/** Not taken over, and not missed. */
const UNNEEDED = new Set(['border', 'controls', 'id', 'preload', 'rel', 'target']);
const ADDRESSES = new Set([
  'a href',
  'img src',
  'video src',
  'video poster',
  'audio src',
  'source src',
]);

/** The checks and the spelling of addresses that all of a deck's links go through. */
export interface Addresses {
  normalizeLink: (address: string) => string;
  validateLink: (address: string) => boolean;
  utils: { unescapeAll: (text: string) => string };
}

/**
 * Gives a token what is harmless of a tag's attributes: no style, no handler, no id.
 * @returns the names of what is left out and may be missed
 */
export function takeAttributes(
  token: Token,
  { name, attributes }: Tag,
  rules: Addresses,
): string[] {
  const left: string[] = [];
  for (const [key, written] of attributes) {
    const value = rules.utils.unescapeAll(written);
    if (ADDRESSES.has(`${name} ${key}`)) {
      const address = rules.normalizeLink(value.trim());
      if (rules.validateLink(address)) token.attrSet(key, address);
      else left.push(key);
    } else if (key === 'class' || key === 'align') {
      const classes =
        key === 'class' ? knownClasses(value) : knownClasses(value).map((side) => `align-${side}`);
      if (classes.length > 0) token.attrJoin('class', classes.join(' '));
    } else if ((ATTRIBUTES[key] ?? ATTRIBUTES[`${name} ${key}`])?.test(value)) {
      token.attrSet(key, value);
    } else if (!UNNEEDED.has(key)) left.push(key);
  }
  return left;
}
