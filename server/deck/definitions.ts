import type { Token } from 'markdown-it';
import { content, type Element, elements, lineOf } from './elements.ts';
import { definitionsBefore } from './rules/shape.ts';
import { textOf } from './text.ts';

/** An entry of a definition list. */
export interface Definition {
  /** As the author wrote it. */
  term: string;
  /** In lower case with hyphens: how entries are told apart. */
  key: string;
  value: string;
  /** All values of the term, for what takes several. Lines count from 1. */
  values: { text: string; line: number }[];
  /** What the value consists of, for showing it. */
  tokens: Token[];
  /** From 1. */
  line: number;
}

/** What a property of ours may be written as in one line, for Rabbit has no such paragraph: `show: push+3.2s at 2`. */
const LINE = /^(id|skip|backup|scene|show):\s+(\S.*)$/i;

/**
 * The properties that a paragraph names, one a line, and the lines between them that name none: a
 * paragraph without any is just text. Lines count from 1.
 */
export function propertyLines(paragraph: Element): { entries: Definition[]; strays: number[] } {
  const first = lineOf(paragraph);
  const entries: Definition[] = [];
  const strays: number[] = [];
  for (const [at, text] of textOf(content(paragraph)).split('\n').entries()) {
    const [, term, value = ''] = LINE.exec(text.trim()) ?? [];
    const line = first + at;
    if (term === undefined) strays.push(line);
    else {
      const values = [{ text: value, line }];
      entries.push({ term, key: term.toLowerCase(), value, values, tokens: [], line });
    }
  }
  return { entries, strays: entries.length > 0 ? strays : [] };
}

/** The entries of a definition list. Of two values for one term the last one counts. */
export function definitions(list: Element): Definition[] {
  const found: Definition[] = [];
  for (const entry of elements(content(list))) {
    const inside = content(entry);
    if (entry[0].type === 'dt_open') {
      const term = textOf(inside);
      const key = term.toLowerCase().replace(/[\s_]+/g, '-');
      found.push({ term, key, value: '', values: [], tokens: [], line: lineOf(entry) });
    } else if (entry[0].type === 'dd_open') {
      const definition = found.at(-1);
      if (!definition) continue;
      const all = [...elements(definitionsBefore(entry[0])), entry];
      Object.assign(definition, { value: textOf(inside), tokens: inside });
      definition.values = all.map((each) => ({ text: textOf(content(each)), line: lineOf(each) }));
    }
  }
  return found;
}
