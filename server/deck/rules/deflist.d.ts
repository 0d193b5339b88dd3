declare module 'markdown-it-deflist' {
  import type { MarkdownIt } from 'markdown-it';

  /** Definition lists: a term, and under it `: ` and what it means. */
  export default function deflist(markdown: MarkdownIt): void;
}
