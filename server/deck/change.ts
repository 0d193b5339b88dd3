import type { Compiled } from './compile.ts';
import type { Slide } from './deck.ts';

/** In what a deck differs from what it was. */
export interface Change {
  /** The ids of slides that are other than they were, in the order of the new deck. */
  edited: string[];
  /** The ids of slides that were not there. */
  added: string[];
  /** How many are there no more. */
  gone: number;
  /** Whether the order of the slides differs, or all of their look. */
  look: boolean;
}

/** Compares what the author wrote: a slide that has only moved, or has another number, is the same. */
export function changeOf(before: Compiled, after: Compiled): Change {
  const known = new Map(contents(before));
  const present = contents(after);
  const ids = new Set(present.map(([id]) => id));
  const kept = [...known.keys()].filter((id) => ids.has(id));
  const stay = [...ids].filter((id) => known.has(id));
  return {
    edited: present.flatMap(([id, text]) => ((known.get(id) ?? text) === text ? [] : [id])),
    added: [...ids].filter((id) => !known.has(id)),
    gone: known.size - kept.length,
    look:
      before.style !== after.style ||
      before.theme !== after.theme ||
      kept.some((id, at) => id !== stay[at]),
  };
}

export function isNothing({ edited, added, gone, look }: Change): boolean {
  return edited.length === 0 && added.length === 0 && gone === 0 && !look;
}

/** `2 slides changed, 1 new`. */
export function tellChange({ edited, added, gone, look }: Change): string {
  const told = [
    ...(edited.length > 0
      ? [`${edited.length} ${edited.length === 1 ? 'slide' : 'slides'} changed`]
      : []),
    ...(added.length > 0 ? [`${added.length} new`] : []),
    ...(gone > 0 ? [`${gone} gone`] : []),
  ];
  return told.length > 0 ? told.join(', ') : look ? 'the look changed' : 'nothing changed';
}

function contents({ deck, sections }: Compiled): [id: string, text: string][] {
  return deck.slides.map((slide, at) => [slide.id, content(slide) + versions(sections[at])]);
}

/** Where a slide stands in its file, and in the deck, is not what it says. */
const PLACES = new Set(['index', 'line', 'file', 'column']);

function content(slide: Slide): string {
  return JSON.stringify(slide, (key, value: unknown) => (PLACES.has(key) ? undefined : value));
}

/** The versions of its pictures, as `stampMedia` has written them. */
function versions(section = ''): string {
  return (section.match(/\?v=\w+/g) ?? []).join('');
}
