import { createRequire } from 'node:module';
import { escapeHtml } from './escape.ts';

/** A formula as MathML, or what is wrong with it and where in its source, from 0. */
export type Formula = { html: string } | { fault: string; at: number };

/** Longer ones are no formula that an audience reads. */
const LONGEST = 5000;

const require = createRequire(import.meta.url);

/**
 * LaTeX as MathML, which browsers set by themselves: no script, no font, no style. It is read
 * aloud as what it says, and has its source as `alttext`.
 */
export function formula(source: string, display: boolean): Formula {
  if (source.length > LONGEST) return { fault: 'A formula this long is not set', at: 0 };
  // It takes 40 ms to load, which a talk without formulas does not pay.
  const katex: typeof import('katex') = require('katex');
  try {
    const html = katex.renderToString(source, {
      output: 'mathml',
      displayMode: display,
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxSize: 20,
      maxExpand: 200,
    });
    return { html: bare(html, source) };
  } catch (error) {
    return faultOf(error);
  }
}

/** Without KaTeX's own wrapper, its copy of the source, and anything that would be a style. */
function bare(html: string, source: string): string {
  return html
    .replace(/^<span class="katex">|<\/span>$/g, '')
    .replace(/<annotation [^>]*>[^<]*<\/annotation>/g, '')
    .replace(/<\/?semantics>/g, '')
    .replace(/ style="[^"]*"/g, '')
    .replace('<math ', `<math alttext="${escapeHtml(source)}" `);
}

function faultOf(error: unknown): Formula {
  const raw = error instanceof Error && 'rawMessage' in error ? String(error.rawMessage) : '';
  const position = error instanceof Error && 'position' in error ? Number(error.position) : 0;
  const fault = raw.split('\n')[0]?.replace(/\.$/, '') || 'It can’t be read';
  return { fault, at: Number.isFinite(position) ? position : 0 };
}
