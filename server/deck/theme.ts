/** The themes that a deck can name under `theme`. */
export const themes: readonly string[] = ['default'];
