import { createHash } from 'node:crypto';
import type { Theme } from '../../src/shared/theme.ts';
import type { Compiled } from './compile.ts';
import { page } from './page.ts';

/** The parts of the built app that a page needs. */
export interface Template {
  html: string;
  style: string;
  /** The script that runs before the first paint; a name under `app/`. */
  firstLook: string;
  /** The font that a theme's first slide is set in; a name under `app/`. */
  fonts: Readonly<Record<Theme, string>>;
}

/** A deck as it is handed out: one page, and one style sheet that holds the app's and the deck's. */
export interface Edition {
  html: string;
  /** A file under `app/`, named by its content. */
  style: { name: string; text: string };
}

export function makeEdition(
  template: Template,
  compiled: Compiled,
  settings: Readonly<Record<string, string>>,
  policy?: string,
): Edition {
  const text = `${template.style}\n${compiled.style}`;
  const name = `deck-${createHash('sha256').update(text).digest('hex').slice(0, 10)}.css`;
  const subtitle = compiled.deck.metadata.subtitle;
  const html = page(template.html, {
    title: [compiled.deck.title, subtitle].filter(Boolean).join(' - '),
    sections: compiled.sections,
    style: `./app/${name}`,
    font: `./app/${template.fonts[compiled.theme]}`,
    theme: compiled.theme,
    firstLook: `./app/${template.firstLook}`,
    settings,
    ...(policy === undefined ? {} : { policy }),
  });
  return { html, style: { name, text } };
}
