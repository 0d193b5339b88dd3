import type { Remark } from '../shared/wire.ts';
import { overflowOf } from './overflow.ts';

/** What is wrong with the slide that shows, written in its margin while the deck is being written. */
export interface Margin {
  set: (remarks: readonly Remark[]) => void;
  enter: (slide: HTMLElement) => void;
}

export function createMargin(document: Document): Margin {
  const margin = document.createElement('aside');
  margin.className = 'margin';
  margin.setAttribute('aria-label', 'Problems of this slide');
  margin.setAttribute('role', 'status');
  document.body.append(margin);
  let remarks: readonly Remark[] = [];
  let slide: HTMLElement | undefined;

  const show = () => {
    const own = remarks.filter((each) => each.slide === undefined || each.slide === idOf(slide));
    const overflow = slide && overflowOf(slide);
    margin.replaceChildren(
      ...own.map((remark) => written(document, remark)),
      ...(overflow ? [overflowing(document, overflow.lines)] : []),
    );
  };
  // A picture or a font that comes late changes what fits.
  const watch = new ResizeObserver(show);
  void document.fonts.ready.then(show);

  return {
    set(next) {
      remarks = next;
      show();
    },
    enter(next) {
      if (next !== slide) {
        watch.disconnect();
        for (const part of next.querySelectorAll('.body, .body > *')) watch.observe(part);
      }
      slide = next;
      show();
    },
  };
}

function written(document: Document, { severity, place, message, cure }: Remark): HTMLElement {
  const line = document.createElement('p');
  line.className = severity;
  const at = document.createElement('code');
  at.textContent = place;
  line.append(at, ` ${severity}: ${message} ${cure}`.trimEnd());
  return line;
}

function overflowing(document: Document, lines: number): HTMLElement {
  const line = document.createElement('p');
  line.className = 'warning overflow';
  line.textContent = `This slide runs over by ${lines === 1 ? 'a line' : `${lines} lines`}: shorten it, or make two of it.`;
  return line;
}

function idOf(slide: HTMLElement | undefined): string | undefined {
  return slide?.dataset.id;
}
