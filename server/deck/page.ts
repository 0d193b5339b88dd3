import { escapeHtml } from './escape.ts';

/** What a page is made of, besides the built app. */
export interface PageParts {
  title: string;
  sections: readonly string[];
  /** Addresses relative to the page. */
  style: string;
  font: string;
  /** The look that the first paint has. */
  theme: string;
  /** Address of the script that takes up the look that was chosen in this tab. */
  firstLook: string;
  /** Told to the app as `data-` attributes of the body. */
  settings: Readonly<Record<string, string>>;
  /** For a site without headers: the Content-Security-Policy as a `<meta>`. */
  policy?: string;
}

/** The app's `index.html` with a deck in it: the first slide shows before any script runs. */
export function page(template: string, parts: PageParts): string {
  const settings = Object.entries(parts.settings)
    .map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`)
    .join('');
  const head = [
    parts.policy
      ? `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(parts.policy)}" />`
      : '',
    `<title>${escapeHtml(parts.title)}</title>`,
    `<link rel="preload" as="font" type="font/woff2" crossorigin href="${escapeHtml(parts.font)}" />`,
    // It holds up the first paint, but not the parser: the paint needs the slide of the address.
    `<script async blocking="render" src="${escapeHtml(parts.firstLook)}"></script>`,
    `<link rel="stylesheet" href="${escapeHtml(parts.style)}" />`,
  ];
  return template
    .replace(/<link rel="stylesheet"[^>]*>\s*/, '')
    .replace(/<title>.*?<\/title>/, () => head.filter(Boolean).join('\n    '))
    .replace('<html ', () => `<html data-theme="${escapeHtml(parts.theme)}" `)
    .replace('<body>', () => `<body${settings}>`)
    .replace('<!-- slides -->', () => parts.sections.join('\n'));
}
