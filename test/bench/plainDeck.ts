import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import type { Compiled } from '../../server/deck/compile.ts';
import type { Block } from '../../server/deck/deck.ts';
import { escapeHtml } from '../../server/deck/escape.ts';

/**
 * The baseline: stock reveal.js 6 with the same slides, steps included; instead of a diagram there
 * is its text. Bundled and minified as our app is: one page, one script, one style sheet, no font.
 * @param directory where to build it
 */
export async function buildPlain(compiled: Compiled, directory: string): Promise<string> {
  await build({
    configFile: false,
    root: path.join(import.meta.dirname, 'plain'),
    base: './',
    logLevel: 'warn',
    build: {
      target: 'es2024',
      outDir: directory,
      assetsDir: 'app',
      modulePreload: { polyfill: false },
      emptyOutDir: true,
    },
  });
  const html = await readFile(path.join(directory, 'index.html'), 'utf8');
  return html.replace('<!-- slides -->', () => sections(compiled).join('\n'));
}

function sections({ deck, models }: Compiled): string[] {
  const text = (block: Block): string => {
    if (block.kind === 'group') return block.blocks.map(text).join('\n');
    return block.kind === 'diagram'
      ? `<p>${escapeHtml((models.get(block)?.nodes ?? []).map(({ label }) => label).join(', '))}</p>`
      : block.html;
  };
  return deck.slides.map(({ kind, titleHtml, blocks }) => {
    const tag = kind === 'title' ? 'h1' : 'h2';
    return `<section><${tag}>${titleHtml}</${tag}>\n${blocks.map(text).join('\n')}</section>`;
  });
}
