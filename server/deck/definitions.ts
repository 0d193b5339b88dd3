import type { Token } from 'markdown-it';
import { content, type Element, elements } from './elements.ts';
import { textOf } from './text.ts';

/** An entry of a definition list. */
export interface Definition {
  /** As the author wrote it. */
  term: string;
  /** In lower case with hyphens: how entries are told apart. */
  key: string;
  value: string;
  /** What the value consists of, for showing it. */
  tokens: Token[];
  /** From 1. */
  line: number;
}

/** The entries of a definition list. Of two values for one term the last one counts. */
export function definitions(list: Element): Definition[] {
  const found: Definition[] = [];
  for (const entry of elements(content(list))) {
    const inside = content(entry);
    if (entry[0].type === 'dt_open') {
      const term = textOf(inside);
      const key = term.toLowerCase().replace(/[\s_]+/g, '-');
      found.push({ term, key, value: '', tokens: [], line: (entry[0].map?.[0] ?? 0) + 1 });
    } else if (entry[0].type === 'dd_open') {
      const definition = found.at(-1);
      if (definition) Object.assign(definition, { value: textOf(inside), tokens: inside });
    }
  }
  return found;
}
