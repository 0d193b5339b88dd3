declare module 'markdown-it-footnote' {
  import type { MarkdownIt } from 'markdown-it';

  /** `[^1]`, `[^1]: what it says`, and `^[what it says]`. */
  const footnote: (markdown: MarkdownIt) => void;

  // biome-ignore lint/style/noDefaultExport: the package has one
  export { footnote as default };
}
