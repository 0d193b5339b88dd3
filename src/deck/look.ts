import {
  after,
  SCHEMES,
  type Scheme,
  schemeOf,
  THEMES,
  type Theme,
  themeOf,
} from '../shared/theme.ts';

/** How the deck looks in this tab, whatever the author and the machine prefer. */
export interface Look {
  /** Goes on to the next theme; the deck's own comes first. @returns what to say of it */
  nextTheme(): string;
  /** As the machine has it, light, dark. @returns what to say of it */
  nextScheme(): string;
  /** What an edit of the deck says its look is. */
  edit(payload: unknown): void;
}

const THEME = 'fluxdeck.theme';
const SCHEME = 'fluxdeck.scheme';

const SCHEME_WORDS: Readonly<Record<Scheme, string>> = {
  system: 'Light or dark as this machine has it',
  light: 'Light',
  dark: 'Dark',
};

/** Takes up what was chosen in this tab, as src/firstLook.ts has done before the first paint. */
export function createLook({ document, sessionStorage }: Window): Look {
  const root = document.documentElement;
  let own = themeOf(root.dataset.own) ?? themeOf(root.dataset.theme) ?? 'default';

  const wear = (theme: Theme) => {
    root.dataset.theme = theme;
    for (const sheet of document.styleSheets) wearOwnRules(sheet, theme === own);
  };
  const light = (scheme: Scheme) => {
    if (scheme === 'system') delete root.dataset.scheme;
    else root.dataset.scheme = scheme;
  };

  let theme = themeOf(remembered(sessionStorage, THEME)) ?? own;
  let scheme = schemeOf(remembered(sessionStorage, SCHEME)) ?? 'system';
  wear(theme);
  light(scheme);
  // An edit brings the author's own rules again, in a new style sheet.
  const onLoad = ({ target }: Event) => {
    if (target instanceof HTMLLinkElement) wear(theme);
  };
  document.addEventListener('load', onLoad, { capture: true });

  return {
    nextTheme() {
      theme = after([own, ...THEMES.filter((each) => each !== own)], theme);
      remember(sessionStorage, THEME, theme === own ? undefined : theme);
      wear(theme);
      return `Theme: ${theme}${theme === own ? ', the deck’s own' : ''}`;
    },
    nextScheme() {
      scheme = after(SCHEMES, scheme);
      remember(sessionStorage, SCHEME, scheme);
      light(scheme);
      return SCHEME_WORDS[scheme];
    },
    edit(payload) {
      const named = typeof payload === 'object' && payload !== null && 'theme' in payload;
      const next = named && typeof payload.theme === 'string' ? themeOf(payload.theme) : undefined;
      if (!next || next === own) return;
      if (theme === own) theme = next;
      own = next;
      wear(theme);
    },
  };
}

/**
 * The rules of the author's own `theme.css` stand last in the deck's style sheet, as one
 * `@media` rule of the name that the server gives it. They belong to the deck's own look.
 */
function wearOwnRules(sheet: CSSStyleSheet, worn: boolean): void {
  const last = sheet.cssRules.item(sheet.cssRules.length - 1);
  if (!(last instanceof CSSMediaRule) || !last.cssText.includes('--own-theme')) return;
  last.media.mediaText = worn ? 'all' : 'not all';
}

function remembered(storage: Storage, key: string): string | undefined {
  return storage.getItem(key) ?? undefined;
}

function remember(storage: Storage, key: string, value: string | undefined): void {
  try {
    if (value === undefined) storage.removeItem(key);
    else storage.setItem(key, value);
  } catch {
    // Then it lasts until the next reload.
  }
}
