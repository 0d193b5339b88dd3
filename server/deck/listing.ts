import type { Token } from 'markdown-it';
import { escapeHtml } from './escape.ts';
import { highlight } from './highlight.ts';
import { mathRemark } from './rules/math.ts';
import type { PlacedRemark } from './rules/remark.ts';

/** Code on a slide, as its fence and its attribute list describe it. */
export interface Listing {
  code: string;
  language: string;
  /** Lines that light up together, from 1: the first at once, each further part by a step. */
  parts: readonly ReadonlySet<number>[];
  /** The step, from 0, that lights up the second part. */
  firstStep: number;
  numbers: boolean;
}

const listings = new WeakMap<Token, Listing>();

/** The listing of a fence or of indented code, once `readListings` has seen it. */
export function listingOf(token: Token): Listing | undefined {
  return listings.get(token);
}

/** Reads how all code of a deck is to be shown, and says what of it can't be. */
export function readListings(
  tokens: readonly Token[],
  attributes: ReadonlyMap<Token, Readonly<Record<string, string>>>,
): PlacedRemark[] {
  let within = 0;
  return tokens.flatMap((token) => {
    if (/^(list_item|blockquote|dd)_/.test(token.type)) within += token.nesting;
    if (token.type !== 'fence' && token.type !== 'code_block') return [];
    const given = attributes.get(token) ?? {};
    const language = languageOf(token, given);
    const code = token.content.replace(/\n$/, '');
    const wanted = given.lines ?? given['data-line-numbers'] ?? braced(token.info);
    const parts = wanted === undefined ? [] : partsOf(wanted, code.split('\n').length);
    listings.set(token, {
      code,
      language,
      parts: parts ?? [],
      firstStep: 0,
      numbers: given.numbers === 'true',
    });
    const at = { line: (token.map?.[0] ?? 0) + 1, column: 1 };
    const formula = language === 'math' ? mathRemark(code, true) : undefined;
    return [
      ...(formula ? [{ ...at, ...formula }] : []),
      ...(parts === undefined ? [{ ...at, ...noLines(wanted ?? '') }] : []),
      ...(isDrawn(language, within > 0) || highlight('', language) !== undefined
        ? []
        : [{ ...at, ...unknownLanguage(language) }]),
    ];
  });
}

/** How a fence asks for its language: behind its marks, or in its attribute list. */
export function languageOf(token: Token, given: Readonly<Record<string, string>>): string {
  const [written = ''] = token.info.trim().split(/[\s?{[]+/);
  const [, named] = /(?:^|\s)language-(\S+)/.exec(given.class ?? '') ?? [];
  return given.lang ?? given.language ?? named ?? written;
}

/** As HTML: each part of the lines is an empty fragment, and CSS dims what it does not name. */
export function listingHtml({ code, language, parts, firstStep, numbers }: Listing): string {
  const coloured = highlight(code, language) ?? escapeHtml(code);
  const lined = parts.length > 0 || numbers;
  const names = [parts.length > 0 ? 'lit' : '', numbers ? 'numbered' : ''].filter(Boolean);
  const pre = names.length > 0 ? `<pre class="${names.join(' ')}">` : '<pre>';
  const marks = parts
    .slice(1)
    .map(
      (_, at) =>
        `<span class="fragment part-${at + 1}" data-fragment-index="${firstStep + at}"></span>`,
    );
  const name = /^[\w+#.-]+$/.test(language) ? ` class="language-${language}"` : '';
  const body = lined ? lines(coloured, parts) : `${coloured}\n`;
  return `${pre}${marks.join('')}<code${name}>${body}</code></pre>\n`;
}

/** What the part of a listing shows, as text. */
export function textOfPart({ code }: Listing, part: ReadonlySet<number>): string {
  return code
    .split('\n')
    .filter((_, at) => part.has(at + 1))
    .join('\n');
}

/** Each line in an element of its own; one that lights up names the parts that it is in. */
function lines(html: string, parts: Listing['parts']): string {
  return splitLines(html)
    .map((line, at) => {
      const lit = parts.flatMap((part, number) => (part.has(at + 1) ? [` lit-${number}`] : []));
      return `<span class="line${lit.join('')}">${line}\n</span>`;
    })
    .join('');
}

/** Elements that go over a line's end are closed there and opened again. */
function splitLines(html: string): string[] {
  const open: string[] = [];
  return html.split('\n').map((line) => {
    const before = open.join('');
    for (const [tag] of line.matchAll(/<span[^>]*>|<\/span>/g)) {
      if (tag === '</span>') open.pop();
      else open.push(tag);
    }
    return before + line + '</span>'.repeat(open.length);
  });
}

/** `{1-3|5}` behind the language, as Slidev has it. */
function braced(info: string): string | undefined {
  return /\{((?:[\d\s,|*-]|all|none)*)\}/.exec(info)?.[1];
}

/** `1-3,7|5|all`; undefined if it is none, or names a line that the code does not have. */
function partsOf(wanted: string, count: number): ReadonlySet<number>[] | undefined {
  const parts = wanted.split('|').map((part) => partOf(part.trim(), count));
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length ? known : undefined;
}

function partOf(text: string, count: number): ReadonlySet<number> | undefined {
  if (text === 'none') return new Set();
  if (text === '' || text === 'all' || text === '*') return range(1, count);
  const found = new Set<number>();
  for (const piece of text.split(',')) {
    const [, from, to = from] = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(piece) ?? [];
    if (from === undefined || Number(from) < 1) return undefined;
    if (Number(to) > count || Number(to) < Number(from)) return undefined;
    for (const line of range(Number(from), Number(to))) found.add(line);
  }
  return found;
}

function range(from: number, to: number): Set<number> {
  return new Set(Array.from({ length: to - from + 1 }, (_, at) => from + at));
}

/** Whether something else than a listing comes of it. */
function isDrawn(language: string, isInText: boolean): boolean {
  return language === 'math' || (language === 'mermaid' && !isInText);
}

function noLines(wanted: string): Pick<PlacedRemark, 'severity' | 'message' | 'cure'> {
  return {
    severity: 'warning',
    message: `“${wanted}” does not name lines of this code, so none lights up.`,
    cure: 'Write the lines, with a bar between the steps: {1-3|5|all}.',
  };
}

function unknownLanguage(name: string): Pick<PlacedRemark, 'severity' | 'message' | 'cure'> {
  return {
    severity: 'notice',
    message: `The language “${name}” is not known here, so this code has no colours.`,
    cure: 'Mend its name, or write text.',
  };
}
