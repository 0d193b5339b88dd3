import { createCaption } from './diagram/caption.ts';
import { createDiagram } from './diagram/diagram.ts';
import { createLoop } from './loop.ts';
import type { Flow, Seconds } from './shared/flow.ts';

/** What the diagrams show at a moment, wherever it comes from. */
export interface Moment {
  flow: Flow;
  now: Seconds;
  /** How far it can be trusted, in words. */
  badge: string;
  /** What the scene key would do; empty without. */
  hint: string;
  /** How time goes on: by the frame, by the clock (ages, countdowns), or not at all. */
  time: 'frames' | 'clock' | 'frozen';
}

/** The diagrams of a deck, alive. */
export interface Live {
  /** The slide that shows now. */
  enter(slide: Element): void;
  /** There is something new to show. */
  refresh(): void;
}

/** @param moment tells what to show now; undefined before anything is known */
export function createLive(
  window: Window,
  moment: () => Moment | undefined,
  onPlay: () => void,
): Live {
  const stillness = window.matchMedia('(prefers-reduced-motion: reduce)');
  const known = new WeakMap<Element, ReturnType<typeof open>>();
  let shown: readonly ReturnType<typeof open>[] = [];

  const refresh = createLoop(window, () => {
    const at = moment();
    if (!at || shown.length === 0) return undefined;
    const { flow, now } = at;
    const motion = !stillness.matches;
    const waits: Seconds[] = [];
    for (const { diagram, caption } of shown) {
      diagram.paint(flow, now, { motion });
      caption?.paint(flow, now, at);
      caption?.describe(diagram.describe(flow, now));
      if (at.time === 'frozen') continue;
      if (at.time === 'frames' || diagram.needsFrame(flow, now)) waits.push(0);
      const change = diagram.nextChange(flow, now);
      if (change !== undefined) waits.push(Math.max(0, change - now));
      for (const { shown = now } of flow.lines) if (shown > now) waits.push(shown - now);
    }
    return waits.length > 0 ? Math.min(...waits) : undefined;
  });

  return {
    enter(slide) {
      shown = [...slide.querySelectorAll<SVGSVGElement>('.diagram > svg')].map((svg) => {
        const entry = known.get(svg) ?? open(svg, slide, onPlay);
        known.set(svg, entry);
        return entry;
      });
      refresh();
    },
    refresh,
  };
}

function open(svg: SVGSVGElement, slide: Element, onPlay: () => void) {
  const aside = slide.querySelector('.live');
  return { diagram: createDiagram(svg), caption: aside ? createCaption(aside, onPlay) : undefined };
}
