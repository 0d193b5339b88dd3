declare module 'markdown-it-deflist' {
  import type { MarkdownIt } from 'markdown-it';

  /** Definition lists: a term, and under it `: ` and what it means. */
  const deflist: (markdown: MarkdownIt) => void;

  // biome-ignore lint/style/noDefaultExport: the package has one
  export { deflist as default };
}
