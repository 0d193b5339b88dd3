import path from 'node:path';
import type { Problem } from './problem.ts';

/** The author's own rules, ready to stand last in the deck's style sheet. */
export interface OwnTheme {
  css: string;
  /** The pictures and fonts that they name, relative to the deck's folder. */
  media: { address: string; line: number; column: number }[];
  problems: Problem[];
}

/** What is read as one: comments and strings hide what they hold. */
const PARTS =
  /\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|url\(\s*("(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|[^()"'\s]*)\s*\)|@(import|charset|namespace)\b[^;{}]*;?|[{}]/gi;

/**
 * Reads an author's `theme.css`. It may do what CSS can, but fetch nothing from elsewhere: what
 * tries to is taken out and told.
 * @param name what problems are told under
 * @param folder where the file lies, as seen from the deck's folder
 */
export function ownTheme(text: string, name: string, folder = ''): OwnTheme {
  const media: OwnTheme['media'] = [];
  const problems: Problem[] = [];
  const source = text.replace(/^\uFEFF/, '');
  const placeOf = placesIn(source);
  let depth = 0;

  const css = source.replace(PARTS, (part: string, url?: string, at?: string, place = 0) => {
    const told = (message: string, cure: string) => {
      const where = placeOf(place);
      problems.push({ file: name, ...where, severity: 'warning', message, cure });
    };
    if (at !== undefined) {
      if (at.toLowerCase() === 'import') told(...noImport);
      return '';
    }
    if (url !== undefined) {
      const address = unquoted(url);
      if (/^(data:|#|about:)/i.test(address)) return part;
      if (/^([a-z][a-z0-9+.-]*:|\/)/i.test(address)) {
        told(`${address} lies elsewhere, so it is not fetched.`, ...besideIt);
        return 'url("data:,")';
      }
      const beside = path.posix.normalize(path.posix.join(folder, decoded(address)));
      media.push({ address: beside, ...placeOf(place) });
      return `url("${escaped(path.posix.join('..', encodeURI(beside)))}")`;
    }
    if (part === '{') depth += 1;
    if (part === '}') {
      if (depth === 0) {
        told('This } closes nothing.', 'Take it out, or open a { before it.');
        return '';
      }
      depth -= 1;
    }
    return part.startsWith('/*') ? '' : part;
  });
  if (depth > 0) {
    const where = placeOf(source.length);
    problems.push({ file: name, ...where, severity: 'warning', ...unclosed });
  }
  return { css: wrapped(css + '}'.repeat(depth)), media, problems };
}

const noImport = [
  'A theme imports nothing: what stands here is left out.',
  'Copy the rules that you need into this file.',
] as const;

const besideIt = ['Put it beside the deck, and name it by its file.'] as const;

const unclosed = {
  message: 'A { is not closed, so rules may be lost.',
  cure: 'Close it with a } where its rule ends.',
};

/** One rule that the page can switch off when another theme is chosen: see src/deck/look.ts. */
function wrapped(css: string): string {
  return `@media all {\n:root { --own-theme: 1; }\n${css.trim()}\n}\n`;
}

function unquoted(text: string): string {
  const inside = /^["']/.test(text) ? text.slice(1, -1) : text;
  return inside.replace(/\\(.)/g, '$1').trim();
}

function escaped(text: string): string {
  return text.replace(/["\\\n]/g, (sign) => `\\${sign.codePointAt(0)?.toString(16)} `);
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address.replace(/[?#].*$/, ''));
  } catch {
    return address;
  }
}

/** Tells lines and columns, from 1, of places that come in their order. */
function placesIn(text: string): (at: number) => { line: number; column: number } {
  let [line, start, end] = [1, 0, text.indexOf('\n')];
  return (at) => {
    while (end >= 0 && end < at)
      [line, start, end] = [line + 1, end + 1, text.indexOf('\n', end + 1)];
    return { line, column: at - start + 1 };
  };
}
