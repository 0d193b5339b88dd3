import { asideOf, asideWord } from './aside.ts';
import type { Deck, Slide } from './deck.ts';
import { escapeHtml } from './escape.ts';

/** Where the ground lies that the animals run on, in pixels from the track's top. */
const GROUND = 26.5;
/** Where their feet are: on the line. */
const FEET = 25.5;

/**
 * The line at the bottom of a slide: the talk, the way it has to go, and who made this possible.
 * Slides aside have no number and no place on the way.
 */
export function footOf(deck: Deck): (slide: Slide) => string {
  const way = wayThrough(deck);
  const { subtitle } = deck.metadata;
  const joined = [deck.title, subtitle].filter(Boolean).map((part) => escapeHtml(String(part)));
  return (slide) =>
    [
      `<footer class="foot"${timing(deck)}>`,
      `<span class="talk">${joined.join('<span class="joint"></span>')}</span>`,
      wayOf(way, slide),
      '<span class="maker">Powered by fluxdeck</span>',
      '</footer>',
    ].join('');
}

/** Numbers of the slides that a talk goes through, and the last of them that it means to reach. */
interface Way {
  numbers: ReadonlyMap<Slide, number>;
  last: number;
}

/** A slide whose property says so is the goal; else it is the last one. */
function wayThrough({ slides }: Deck): Way {
  const way = slides.filter((slide) => slide.index > 0 && asideOf(slide) === undefined);
  const goal = way.findIndex(
    ({ properties }) => properties['image-slide-number-last-slide'] === 'true',
  );
  return {
    numbers: new Map(way.map((slide, at) => [slide, at + 1])),
    last: goal < 0 ? way.length : goal + 1,
  };
}

/** What the page's clock goes by, as the author wrote it. */
function timing({ metadata }: Deck): string {
  return ['allotted-time', 'start-time', 'end-time']
    .flatMap((key) => {
      const value = metadata[key];
      return value === undefined ? [] : [` data-${key}="${escapeHtml(value)}"`];
    })
    .join('');
}

/**
 * The hare is at its slide's share of the way, of which the title is no part; the page puts the
 * tortoise at the time's.
 */
function wayOf({ numbers, last }: Way, slide: Slide): string {
  const aside = asideOf(slide);
  if (aside) {
    const word = `<span class="word">${asideWord(aside)}</span>`;
    return `<span class="way aside ${aside}">${word}<span class="address">${slide.index}</span></span>`;
  }
  const number = numbers.get(slide) ?? 0;
  const share = last > 1 ? Math.min(1, Math.max(0, (number - 1) / (last - 1))) : 1;
  const at = `${Number((share * 100).toFixed(2))}%`;
  const width = String(last).length;
  return [
    `<span class="way" role="img" aria-label="Slide ${number} of ${last}">`,
    `<span class="flag start">${String(number).padStart(width, '0')}</span>`,
    '<svg class="track" aria-hidden="true">',
    `<line class="line" x2="100%" y1="${GROUND}" y2="${GROUND}"/>`,
    `<line class="gone" x2="${at}" y1="${GROUND}" y2="${GROUND}"/>`,
    `<use class="hare" href="#hare" x="${at}" y="${FEET}"/>`,
    `<use class="tortoise" href="#tortoise" y="${FEET}"/>`,
    '</svg>',
    `<span class="flag goal">${last}</span>`,
    '<span class="over"></span>',
    '</span>',
  ].join('');
}
