import type { Flow } from '../shared/flow.ts';
import { attribute } from './write.ts';

/** What is said beside a diagram: how far to trust it, what just happened, what a key would play. */
export interface Caption {
  paint(flow: Flow, said: { badge: string; hint: string }): void;
  /** For those who do not see the picture. */
  describe(text: string): void;
}

const KEPT = 3;

/** @param aside the element beside the diagram that has the places for it */
export function createCaption(aside: Element, onPlay: () => void): Caption {
  const badge = aside.querySelector('.feed-badge');
  const words = badge?.querySelector('.state');
  const hint = badge?.querySelector('.hint');
  const said = aside.querySelector('.said');
  const description = aside.querySelector('.description');
  badge?.addEventListener('click', onPlay);

  const state = badge ? attribute(badge, 'data-state') : undefined;
  let lines: Flow['lines'] = [];
  return {
    paint(flow, { badge, hint: play }) {
      state?.(flow.health.state);
      write(words, badge);
      write(hint, play);
      if (flow.lines === lines) return;
      lines = flow.lines;
      said?.replaceChildren(
        ...lines.slice(-KEPT).map((line) => {
          const item = document.createElement('li');
          item.textContent = line.text;
          return item;
        }),
      );
    },
    describe: (text) => write(description, text),
  };
}

function write(element: Element | null | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}
