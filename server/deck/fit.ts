import type { Theme } from '../../src/shared/theme.ts';
import type { Box } from './deck.ts';
import { createEstimate } from './overflow.ts';
import { tree } from './tree.ts';

/** Sizes that code and tables may have, in pixels: from what is usual down to what can be read. */
const SIZES = [
  { code: 26, table: 34 },
  { code: 24, table: 31 },
  { code: 22, table: 28 },
  { code: 20, table: 25 },
  { code: 18, table: 22 },
  { code: 17, table: 19 },
  { code: 16, table: 17 },
  { code: 15, table: 15 },
  { code: 14, table: 14 },
] as const;
/** Headlines that are to be as large as possible. */
const LARGEST = 260;

/** Sections whose code and tables are as large as their slide lets them be. */
export interface Fitted {
  sections: string[];
  /** The slides, from 0, whose code or table is too long or too wide even so. */
  tooLong: number[];
}

/**
 * Makes code and tables smaller until their slide holds them; prose never. A headline alone that
 * is to be as large as possible grows.
 * @param large the slides whose headline is
 */
export function fit(
  sections: readonly string[],
  theme: Theme,
  canvas: Box,
  large: ReadonlySet<number>,
): Fitted {
  const estimate = createEstimate(theme, canvas);
  const tooLong: number[] = [];
  const fitted = sections.map((section, slide) => {
    if (large.has(slide)) return withLargeHeadline(section, estimate);
    if (!/<(pre|table)\b/.test(section)) return section;
    const { size, fits } = sizeFor(section, estimate);
    if (!fits) tooLong.push(slide);
    return size === SIZES[0] ? section : withSize(section, size);
  });
  return { sections: fitted, tooLong };
}

type Size = (typeof SIZES)[number];
type Estimate = ReturnType<typeof createEstimate>;

function sizeFor(section: string, estimate: Estimate): { size: Size; fits: boolean } {
  const rest = estimate(tree(section.replace(/<(pre|table)\b.*?<\/\1>/gs, '')));
  // Where prose alone is too much, smaller code does not help: it only has to be narrow enough.
  const isProse = rest.content > rest.room;
  const fits = (size: Size): boolean => {
    const sized = size === SIZES[0] ? section : withSize(section, size);
    const { content, room, excess } = estimate(tree(sized));
    return excess <= 0 && (isProse || content <= room);
  };
  const [largest] = SIZES;
  const smallest = SIZES.at(-1) ?? largest;
  if (fits(largest)) return { size: largest, fits: true };
  if (!fits(smallest)) return { size: smallest, fits: false };
  return { size: SIZES.find(fits) ?? smallest, fits: true };
}

function withSize(section: string, { code, table }: Size): string {
  return section.replace(
    /<(pre|table)(?: class="([^"]*)")?/g,
    (_, tag: string, names = '') =>
      `<${tag} class="${[names, `size-${tag === 'pre' ? code : table}`].filter(Boolean).join(' ')}"`,
  );
}

function withLargeHeadline(section: string, estimate: Estimate): string {
  for (let size = LARGEST; size > 92; size -= 8) {
    const grown = section.replace('<h2', `<h2 class="size-${size}"`);
    const { room, excess } = estimate(tree(grown));
    if (room >= 0 && excess <= 0) return grown;
  }
  return section;
}
