import type { Flow, Line, Seconds } from '../shared/flow.ts';
import { attribute } from './write.ts';

/** What is said beside a diagram: how far to trust it, what just happened, what a key would play. */
export interface Caption {
  paint(flow: Flow, now: Seconds, said: { badge: string; hint: string }): void;
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
  let told: readonly Line[] = [];
  return {
    paint(flow, now, { badge, hint: play }) {
      state?.(flow.health.state);
      write(words, badge);
      write(hint, play);
      const lines = flow.lines.filter(({ at, shown = at }) => shown <= now).slice(-KEPT);
      if (isSame(lines, told)) return;
      told = lines;
      said?.replaceChildren(
        ...lines.map((line) => {
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

function isSame(one: readonly Line[], other: readonly Line[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}
