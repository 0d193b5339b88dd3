import type { Theme } from '../../src/shared/theme.ts';

/** The lengths of a theme that decide what fits on a slide, in pixels of the canvas. */
export interface Lengths {
  bodySize: number;
  leading: number;
  headlineSize: number;
  headlineLeading: number;
  headlineGap: number;
  marginTop: number;
  marginSide: number;
  marginBottom: number;
  blockGap: number;
  itemGap: number;
  listIndent: number;
  orderedIndent: number;
  textEnd: number;
  /** The line at the foot, with what is above it. */
  foot: number;
  codeSize: number;
  tableSize: number;
}

const usual: Lengths = {
  bodySize: 45,
  leading: 1.25,
  headlineSize: 64,
  headlineLeading: 1.15,
  headlineGap: 38,
  marginTop: 40,
  marginSide: 64,
  marginBottom: 24,
  blockGap: 24,
  itemGap: 22,
  listIndent: 44,
  orderedIndent: 54,
  textEnd: 0,
  foot: 36,
  codeSize: 26,
  tableSize: 34,
};

/** As the themes' style sheets have them; a test compares. */
export const LENGTHS: Record<Theme, Lengths> = {
  default: usual,
  'high-contrast': usual,
  'rabbit-theme-wwinternalstyle': {
    ...usual,
    bodySize: 54,
    leading: 1.219,
    headlineSize: 69,
    headlineLeading: 1.219,
    headlineGap: 3,
    marginTop: 22,
    marginSide: 96,
    marginBottom: 10,
    blockGap: 28,
    itemGap: 28,
    listIndent: 60,
    orderedIndent: 72,
    textEnd: 32,
    foot: 54,
  },
};
