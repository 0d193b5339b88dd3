declare module 'markdown-it-deflist' {
  import type { MarkdownIt } from 'markdown-it';

  /** Definition lists: a term, and under it `: ` and what it means. */
  const deflist: (markdown: MarkdownIt) => void;
  export { deflist as default };
}
