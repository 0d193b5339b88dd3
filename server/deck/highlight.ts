import { createRequire } from 'node:module';
import hljs from 'highlight.js/lib/core';
import { escapeHtml } from './escape.ts';

/** Names that authors use, by the file of the language that they mean. */
const ALIASES: Record<string, readonly string[]> = {
  bash: ['sh', 'zsh'],
  cpp: ['c++', 'cc', 'hpp'],
  csharp: ['cs', 'c#'],
  diff: ['patch'],
  dockerfile: ['docker', 'containerfile'],
  elixir: ['ex', 'exs'],
  go: ['golang'],
  handlebars: ['hbs', 'gotmpl', 'helm', 'tpl'],
  haskell: ['hs'],
  ini: ['toml', 'conf', 'hcl', 'terraform', 'tf'],
  javascript: ['js', 'jsx', 'mjs', 'cjs', 'node'],
  json: ['jsonc', 'json5', 'jsonl'],
  kotlin: ['kt'],
  makefile: ['make', 'mk'],
  markdown: ['md'],
  objectivec: ['objc'],
  perl: ['pl'],
  powershell: ['ps1', 'pwsh'],
  properties: ['env', 'dotenv'],
  protobuf: ['proto'],
  python: ['py'],
  ruby: ['rb'],
  rust: ['rs'],
  shell: ['console', 'shellsession', 'terminal'],
  sql: ['mysql', 'postgresql', 'sqlite'],
  typescript: ['ts', 'tsx', 'mts', 'cts'],
  vim: ['vimscript'],
  xml: ['html', 'svg', 'xhtml', 'vue', 'plist'],
  yaml: ['yml'],
};
const FILES = new Map(
  Object.entries(ALIASES).flatMap(([file, names]) => names.map((name) => [name, file] as const)),
);
/** Languages that hold others. */
const HOLDS: Record<string, readonly string[]> = {
  dockerfile: ['bash'],
  handlebars: ['xml'],
  markdown: ['xml'],
  shell: ['bash'],
  xml: ['css', 'javascript'],
};
/** What authors write to say that there is nothing to colour. */
const PLAIN = new Set(['', 'text', 'txt', 'plain', 'plaintext', 'none', 'output', 'ascii']);
/** Longer texts are shown without colour: no slide shows them anyway. */
const LONGEST = 50_000;

const require = createRequire(import.meta.url);

/**
 * Code as HTML in classes only, never a style.
 * @returns undefined if the language is not known
 */
export function highlight(code: string, language: string): string | undefined {
  const name = language.toLowerCase();
  if (PLAIN.has(name)) return escapeHtml(code);
  const known = bring(FILES.get(name) ?? name);
  if (known === undefined) return undefined;
  if (code.length > LONGEST) return escapeHtml(code);
  return hljs.highlight(code, { language: known, ignoreIllegals: true }).value;
}

/** Languages are read when a deck first names them: all of them take a tenth of a second. */
function bring(file: string): string | undefined {
  if (hljs.getLanguage(file)) return file;
  if (!/^[a-z\d][a-z\d-]*$/.test(file)) return undefined;
  try {
    hljs.registerLanguage(file, require(`highlight.js/lib/languages/${file}`));
    for (const held of HOLDS[file] ?? []) bring(held);
    return file;
  } catch {
    return undefined;
  }
}
