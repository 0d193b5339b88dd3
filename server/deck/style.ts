import type { Deck } from './deck.ts';

/**
 * What a deck adds to the app's styles, as classes: nothing may be styled inline.
 * Shares are of what remains of the body below what precedes the block.
 */
export function deckStyle(deck: Deck): string {
  const shares = new Set<number>();
  for (const { blocks } of deck.slides) {
    for (const block of blocks) {
      const share = relativeHeight(block.attributes ?? {});
      if (share !== undefined) shares.add(share);
    }
  }
  const heights = [...shares]
    .sort((a, b) => a - b)
    .map((share) => `.reveal .${heightClass(share)} { flex-basis: ${share}%; }`);
  return [...heights, ...stepsByAddress(Math.max(0, ...deck.slides.map((s) => s.steps.length)))]
    .map((rule) => `${rule}\n`)
    .join('');
}

/** The asked share in percent, if it is one. */
export function relativeHeight(attributes: Readonly<Record<string, string>>): number | undefined {
  const share = Number(attributes.relative_height);
  return Number.isFinite(share) && share > 0 && share <= 1000 ? share : undefined;
}

/** The class that gives a block its share. */
export function heightClass(share: number): string {
  return `height-${String(share).replace('.', '-')}`;
}

/** Before the script runs, an address such as `#/4/2` shows the slide with its first two steps. */
function stepsByAddress(most: number): string[] {
  return Array.from({ length: most }, (_, index) => {
    const revealed = Array.from(
      { length: index + 1 },
      (__, step) => `[data-fragment-index="${step}"]`,
    );
    return `.reveal:not(.ready) .step-${index + 1}:target ~ * .fragment:is(${revealed.join(', ')}) { opacity: 1; visibility: inherit; }`;
  });
}
