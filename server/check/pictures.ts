import { blocksIn } from '../deck/deck.ts';
import type { Problem } from '../deck/problem.ts';
import { addressIn } from '../media.ts';
import { type Draft, warn } from './draft.ts';

/** A picture's natural width, if it has one, and its weight. */
export interface Picture {
  slide: number;
  address: string;
  width: number | undefined;
  bytes: number;
}

const HEAVY = 5_000_000;
/** As often as wide as it shows, nobody sees what more there is: not on the finest screen. */
const TOO_FINE = 4;
const DRAWN = /\.svg$/i;

/** Pictures without words for who can't see them. A slide's ground says nothing and needs none. */
export function speechless(draft: Draft): Problem[] {
  return draft.deck.slides.flatMap((slide) =>
    blocksIn(slide.blocks).flatMap((block) => {
      if (!('html' in block)) return [];
      const silent = block.html.matchAll(/<img (?=[^>]*\balt="\s*")[^>]*?src="([^"]*)"/g);
      return Array.from(silent, ([, src = '']) => {
        const address = addressIn(src);
        const told = {
          message: `${address} has no words for those who can't see it.`,
          cure: `Say between the brackets what it shows: ![…](${address})`,
        };
        return warn(draft, slide.index, told, address);
      });
    }),
  );
}

/** Pictures that take longer to fetch than what is seen of them needs. */
export function heavyPictures(
  draft: Draft,
  pictures: readonly Picture[],
  shown: (picture: Picture) => number,
): Problem[] {
  return pictures.flatMap((picture) => {
    const { slide, address, width = 0, bytes } = picture;
    const place = Math.round(shown(picture));
    const isFine = !DRAWN.test(address) && place > 0 && width > TOO_FINE * place;
    if (bytes <= HEAVY && !isFine) return [];
    const message = isFine
      ? `${address} is ${width} pixels wide and shows at ${place}.`
      : `${address} has ${(bytes / 1e6).toFixed(1)} MB.`;
    const cure = isFine
      ? `${2 * place} pixels are enough for any screen.`
      : 'Make it smaller: what is over 5 MB comes late.';
    return [warn(draft, slide, { message, cure }, address)];
  });
}
