import { kinOf, THEMES, type Theme, themeOf } from '../../src/shared/theme.ts';

/** The look that a deck names under `theme`: ours, what comes nearest to Rabbit's, or the default. */
export function deckTheme(name = ''): Theme {
  return knownTheme(name) ?? 'default';
}

/** The look that a name stands for. */
export function knownTheme(name: string): Theme | undefined {
  return themeOf(name) ?? kinOf(name);
}

/** Whether it is a theme of the author's own: a CSS file. */
export function isFile(name: string): boolean {
  return /\.css$/i.test(name);
}

/** What a deck does not get that names a theme which is not ours. */
export function themeRemark(name: string): { message: string; cure: string } | undefined {
  if (themeOf(name) || isFile(name)) return undefined;
  const kin = kinOf(name);
  return {
    message: kin
      ? `Rabbit's theme “${name}” is not here; the deck has “${kin}”, which comes nearest.`
      : `There is no theme “${name}” here, so the deck has the default one.`,
    cure: `Choose one of: ${THEMES.join(', ')}; or put a theme.css of your own beside the deck.`,
  };
}
