/** What an edit of the deck brings: all sections, and the style sheet's new address. */
interface Edit {
  /** Names the deck as it is now. */
  edition: string;
  style: string;
  sections: string[];
  /** The ids of slides that whoever writes is to be shown. */
  edited: string[];
}

/** Edits that are still being put in place: one after the other. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Puts an edited deck in place: only what differs is exchanged, so that the rest keeps its state.
 * @returns the slides that whoever writes is to be shown; undefined for what is no edit
 */
export function applyEdit(root: HTMLElement, payload: unknown): Promise<string[] | undefined> {
  const edit = parseEdit(payload);
  const slides = root.querySelector('.slides');
  if (!edit || !slides) return Promise.resolve(undefined);
  const applied = last.then(async () => {
    await exchangeStyle(root.ownerDocument, edit.style);
    exchangeSections(slides, edit.sections);
    root.ownerDocument.body.dataset.edition = edit.edition;
    return edit.edited;
  });
  last = applied;
  return applied;
}

function exchangeSections(slides: Element, sections: readonly string[]): void {
  for (const [index, html] of sections.entries()) {
    const next = parseSection(html, slides.ownerDocument);
    const present = slides.children[index];
    if (!next) continue;
    if (!present) slides.append(next);
    else if (fingerprint(present) !== fingerprint(next)) present.replaceWith(next);
  }
  while (slides.children.length > sections.length) slides.lastElementChild?.remove();
}

/** The old sheet goes when the new one is there: nothing shows without a style in between. */
async function exchangeStyle(document: Document, address: string): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>('link[rel="stylesheet"][href*="app/deck-"]');
  if (!link || link.getAttribute('href') === address) return;
  const next = document.createElement('link');
  next.rel = 'stylesheet';
  next.href = address;
  const settled = new Promise((resolve) => {
    next.addEventListener('load', resolve);
    next.addEventListener('error', resolve);
  });
  link.after(next);
  await settled;
  link.remove();
}

/** What the author wrote of a section, whatever reveal and the flow have put on it since. */
function fingerprint(section: Element): string {
  return section.getAttribute('data-digest') ?? '';
}

function parseSection(html: string, document: Document): Element | null {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content.firstElementChild;
}

function parseEdit(payload: unknown): Edit | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  if (!('edition' in payload && 'style' in payload && 'sections' in payload)) return undefined;
  const { edition, style, sections } = payload;
  if (typeof edition !== 'string' || typeof style !== 'string' || !isTexts(sections))
    return undefined;
  const edited = 'edited' in payload && isTexts(payload.edited) ? payload.edited : [];
  return { edition, style, sections, edited };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
