import type { Choice, Row, Section, Stand } from '../shared/detail.ts';
import { element, write } from './element.ts';
import { scrollByKeys } from './scroll.ts';

/** What is known of a node, as a page shows it. */
export interface DetailView {
  paint(stand: Stand): void;
}

/** @param onChoose is told the key of another of the objects behind the node */
export function createDetail(body: HTMLElement, onChoose: (key: string) => void): DetailView {
  const place = element('p', 'place');
  const title = element('h2');
  const state = element('p', 'state');
  const message = element('p', 'message');
  const choices = element('ul', 'choices');
  choices.setAttribute('aria-label', 'What this node stands for, worst first');
  const sections = element('div', 'sections');
  // Reached by Tab, so that it scrolls by keyboard too.
  sections.tabIndex = 0;
  sections.setAttribute('role', 'group');
  sections.setAttribute('aria-label', 'What is known of it');
  scrollByKeys(sections, sections);
  const tellMore = () => {
    const below = sections.scrollHeight - sections.clientHeight - sections.scrollTop;
    sections.toggleAttribute('data-more', below > 4);
  };
  sections.addEventListener('scroll', tellMore, { passive: true });
  body.append(place, title, state, message, choices, sections);

  let offered = '';
  return {
    paint({ choices: all, chosen, detail }) {
      write(place, detail.place);
      write(title, detail.title);
      write(state, detail.state);
      write(message, detail.message);
      state.dataset.sign = detail.sign ?? '';
      choices.hidden = all.length < 2;
      const offer = JSON.stringify([all, chosen]);
      if (offer !== offered && !choices.hidden) {
        offerAll(choices, all, chosen, onChoose);
      }
      offered = offer;
      sections.replaceChildren(...detail.sections.map(sectionElement));
      tellMore();
    },
  };
}

/** Buttons keep the focus when their list is made anew. */
function offerAll(
  list: HTMLElement,
  all: readonly Choice[],
  chosen: string | undefined,
  onChoose: (key: string) => void,
): void {
  const focused = document.activeElement;
  const key = focused instanceof HTMLElement && list.contains(focused) ? focused.dataset.key : '';
  const items = all.map((choice) => {
    const button = element('button', 'choice', choice.title);
    button.type = 'button';
    button.dataset.key = choice.key;
    button.dataset.sign = choice.sign;
    button.append(element('span', 'status', choice.sign));
    button.setAttribute('aria-pressed', String(choice.key === chosen));
    button.addEventListener('click', () => onChoose(choice.key));
    const item = element('li');
    item.append(button);
    return { item, button };
  });
  list.replaceChildren(...items.map(({ item }) => item));
  items.find(({ button }) => button.dataset.key === key)?.button.focus({ preventScroll: true });
}

function sectionElement({ title, rows }: Section): HTMLElement {
  const section = element('section');
  if (title) section.append(element('h3', '', title));
  const list = element('dl');
  for (const row of rows) list.append(...rowElements(row));
  section.append(list);
  return section;
}

function rowElements({ label, text, more, sign }: Row): HTMLElement[] {
  const value = element('dd', '', text);
  if (sign) value.dataset.sign = sign;
  if (more) value.append(element('small', '', more));
  return [element('dt', '', label), value];
}
