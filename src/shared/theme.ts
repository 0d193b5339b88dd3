/** The looks that ship, in the order in which the key on stage goes through them. */
export const THEMES = ['default', 'rabbit-theme-wwinternalstyle', 'high-contrast'] as const;
export type Theme = (typeof THEMES)[number];

/** Light or dark; `system` leaves it to the machine. */
export const SCHEMES = ['system', 'light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

/** A theme by its own name. */
export function themeOf(name: string | undefined): Theme | undefined {
  return THEMES.find((theme) => theme === name);
}

export function schemeOf(name: string | undefined): Scheme | undefined {
  return SCHEMES.find((scheme) => scheme === name);
}

/** What follows in a row; after the last the first. */
export function after<T>(row: readonly [T, ...T[]], one: T): T {
  return row[(row.indexOf(one) + 1) % row.length] ?? row[0];
}

/** The names that Rabbit's users know, and which of ours comes nearest. */
const KIN: ReadonlyMap<string, Theme> = new Map([
  ...kin('rabbit-theme-wwinternalstyle', 'clear-blue blue-bar blue-circle'),
  ...kin('high-contrast', 'lightning-simple lightning-talk lightning-monochrome'),
  ...kin('default', 'rabbit day-white night-black dark-gradation debian enishi-green nari ranguba'),
  ...kin('default', 'color-circle green-circle cozmixng red-frame ruby-gnome ruby-gnome2 pdf'),
  ...kin('default', 'rubykaigi2011 image-viewer'),
]);

function kin(theme: Theme, names: string): [string, Theme][] {
  return names.split(' ').map((name) => [name, theme]);
}

/** What of ours stands for a theme of Rabbit's; undefined for a name that it does not know. */
export function kinOf(name: string): Theme | undefined {
  return KIN.get(name);
}
