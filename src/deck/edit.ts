/** What an edit of the deck brings: all sections, and the style sheet's new address. */
interface Edit {
  style: string;
  sections: string[];
}

/**
 * Puts an edited deck in place: only what differs is exchanged, so that the rest keeps its state.
 * @returns whether a slide changed; what is no edit changes nothing
 */
export function applyEdit(root: HTMLElement, payload: unknown): boolean {
  const edit = parseEdit(payload);
  const slides = root.querySelector('.slides');
  if (!edit || !slides) return false;

  const link = root.ownerDocument.querySelector<HTMLLinkElement>('link[rel="stylesheet"]');
  if (link && link.getAttribute('href') !== edit.style) link.setAttribute('href', edit.style);

  let changed = false;
  for (const [index, html] of edit.sections.entries()) {
    const next = parseSection(html, root.ownerDocument);
    const present = slides.children[index];
    if (!next) continue;
    if (!present) slides.append(next);
    else if (fingerprint(present) === fingerprint(next)) continue;
    else present.replaceWith(next);
    changed = true;
  }
  while (slides.children.length > edit.sections.length) {
    slides.lastElementChild?.remove();
    changed = true;
  }
  return changed;
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
  if (!('style' in payload) || !('sections' in payload)) return undefined;
  const { style, sections } = payload;
  if (typeof style !== 'string' || !Array.isArray(sections)) return undefined;
  return sections.every((section) => typeof section === 'string') ? { style, sections } : undefined;
}
