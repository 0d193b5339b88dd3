import { parseAddress } from '../../src/shared/address.ts';
import type { Problem } from '../deck/problem.ts';
import { addressIn } from '../media.ts';
import { type Draft, warn } from './draft.ts';

/** A link of a slide, and the slide's place in the deck. */
export interface Link {
  slide: number;
  address: string;
}

/** What lies beside the deck: served, there but kept to the author, or not there. */
export type Beside = 'served' | 'kept' | 'missing';

export function linksOf(sections: readonly string[]): Link[] {
  return sections.flatMap((section, slide) => {
    const found = section.matchAll(/<a [^>]*?href="([^"]*)"/g);
    return Array.from(found, ([, href = '']) => ({ slide, address: addressIn(href) }));
  });
}

export function isOutside({ address }: Link): boolean {
  return /^https?:/i.test(address);
}

/** Links to slides and files that are not there. @param beside is asked for files */
export async function brokenLinks(
  draft: Draft,
  beside: (address: string) => Promise<Beside>,
): Promise<Problem[]> {
  const ids = draft.deck.slides.map(({ id }) => id);
  const problems: Problem[] = [];
  for (const link of linksOf(draft.sections)) {
    const { slide, address } = link;
    if (isOutside(link) || /^[a-z][a-z\d+.-]*:/i.test(address)) continue;
    const told = address.startsWith('#')
      ? lostSlide(address, ids, draft.sections[slide] ?? '')
      : lostFile(address, await beside(address.replace(/[?#].*$/, '')));
    if (told) problems.push(warn(draft, slide, told, address));
  }
  return problems;
}

/** `#/id`, `#/6/1`, or a place of the slide itself, such as a footnote. */
function lostSlide(address: string, ids: readonly string[], section: string) {
  if (section.includes(` id="${address.slice(1)}"`)) return undefined;
  const position = parseAddress(address, ids);
  if (position && position.slide < ids.length) return undefined;
  const name = address.replace(/^#\/?/, '');
  if (!address.startsWith('#/') && ids.includes(name)) {
    return {
      message: `The link ${address} leads nowhere: a slide's address begins with #/.`,
      cure: `Write #/${name}.`,
    };
  }
  return {
    message: `The link ${address} leads to no slide.`,
    cure: `Name a slide by its id or number, as #/${nearest(name, ids)}; “outline” lists them.`,
  };
}

function lostFile(address: string, found: Beside) {
  switch (found) {
    case 'served':
      return undefined;
    case 'kept':
      return {
        message: `The link leads to ${address}, which nobody but you can open: only pictures, films and sounds are served.`,
        cure: 'Publish it elsewhere, and link to that.',
      };
    case 'missing':
      return {
        message: `The link leads to ${address}, which is not there.`,
        cure: 'Put it beside the deck, or mend its name.',
      };
    default:
      return found satisfies never;
  }
}

/** The id that has most letters in common, at the same place or another. */
function nearest(name: string, ids: readonly string[]): string {
  const letters = name.split('');
  const common = (id: string) =>
    letters.filter((letter, at) => id[at] === letter).length +
    letters.filter((letter) => id.includes(letter)).length -
    Math.abs(id.length - name.length);
  return ids.toSorted((a, b) => common(b) - common(a))[0] ?? '0';
}
