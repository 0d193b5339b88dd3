import type { Flow, Line, Seconds } from '../shared/flow.ts';
import { happened } from '../shared/happened.ts';
import { stamp } from '../shared/words.ts';
import { element, write } from './element.ts';
import { scrollByKeys } from './scroll.ts';

/** The list of everything that happened, newest last. */
export interface HappenedView {
  /** Where the words to look for are typed. */
  readonly field: HTMLInputElement;
  paint(flow: Flow, now: Seconds): void;
}

/** @param onFilter is told that other words are looked for */
export function createHappened(body: HTMLElement, onFilter: () => void): HappenedView {
  const title = element('h2', '', 'Everything that happened');
  const label = element('label', 'filter', 'Show only ');
  const field = element('input');
  field.type = 'search';
  field.placeholder = 'kind, name or words';
  field.autocomplete = 'off';
  field.spellcheck = false;
  label.append(field);
  const count = element('p', 'count');
  count.setAttribute('role', 'status');
  const list = element('ol', 'lines');
  // Reached by Tab, so that it scrolls by keyboard too.
  list.tabIndex = 0;
  list.setAttribute('aria-label', 'Lines, newest last');
  body.append(title, label, count, list);

  field.addEventListener('input', onFilter);
  scrollByKeys(list, field, list);
  const tellMore = () => {
    const below = list.scrollHeight - list.clientHeight - list.scrollTop;
    list.toggleAttribute('data-earlier', list.scrollTop > 4);
    list.toggleAttribute('data-more', below > 4);
  };
  list.addEventListener('scroll', tellMore, { passive: true });

  let shown: readonly Line[] | undefined;
  return {
    field,
    paint(flow, now) {
      const lines = happened(flow, now, field.value);
      if (shown && isSame(lines, shown)) return;
      const follows = list.scrollTop + list.clientHeight >= list.scrollHeight - 4;
      write(count, countOf(lines.length, flow.happened?.length ?? 0));
      list.replaceChildren(...lines.map(lineElement));
      if (follows || !shown) list.scrollTop = list.scrollHeight;
      tellMore();
      shown = lines;
    },
  };
}

function lineElement({ at, text }: Line): HTMLElement {
  const item = element('li');
  item.append(element('time', '', stamp(at)), ` ${text}`);
  return item;
}

function countOf(shown: number, all: number): string {
  if (all === 0) return 'Nothing has happened yet.';
  if (shown === 0) return 'Nothing of that happened.';
  return `${shown} ${shown === 1 ? 'line' : 'lines'}, with the time since the start`;
}

function isSame(one: readonly Line[], other: readonly Line[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}
