import { createCaption } from './diagram/caption.ts';
import { createDiagram, type LiveNode } from './diagram/diagram.ts';
import { createLoop } from './loop.ts';
import { createPanels, type Panels } from './panels.ts';
import type { Flow, Seconds } from './shared/flow.ts';
import { empty } from './shared/reduce.ts';

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
  /** What is told beside them to who asks. */
  readonly panels: Panels;
  /** The slide that shows now. */
  enter(slide: Element): void;
  /** There is something new to show. */
  refresh(): void;
  /**
   * All slides as they go on paper, until `resume`: of a diagram without a moment, the drawing alone.
   * @param moment what the slide's diagrams show there
   */
  print(slides: Iterable<Element>, moment: (slide: Element) => Moment | undefined): void;
  resume(): void;
}

const PREVIEW = './preview';

const NOTHING: Moment = {
  flow: empty({ state: 'recorded', text: '' }),
  now: 0,
  badge: '',
  hint: '',
  time: 'frozen',
};

/** @param moment tells what to show now; undefined before anything is known */
export function createLive(
  window: Window,
  moment: () => Moment | undefined,
  onPlay: () => void,
): Live {
  const stillness = window.matchMedia('(prefers-reduced-motion: reduce)');
  const known = new WeakMap<Element, ReturnType<typeof open>>();
  let shown: readonly ReturnType<typeof open>[] = [];
  let isPrinting = false;

  const refresh = createLoop(window, () => {
    const at = moment();
    if (!at || isPrinting) return undefined;
    const { flow, now } = at;
    const motion = !stillness.matches;
    const waits: Seconds[] = [];
    const told = panels.paint(flow, now);
    if (told !== undefined && at.time !== 'frozen') waits.push(Math.max(0, told - now));
    for (const { diagram, caption } of shown) {
      show({ diagram, caption }, at, motion);
      if (at.time === 'frozen') continue;
      if (at.time === 'frames' || diagram.needsFrame(flow, now)) waits.push(0);
      const change = diagram.nextChange(flow, now);
      if (change !== undefined) waits.push(Math.max(0, change - now));
      for (const { shown = now } of flow.lines) if (shown > now) waits.push(shown - now);
    }
    return waits.length > 0 ? Math.min(...waits) : undefined;
  });

  const panels = createPanels(
    layerOver(window.document),
    {
      nodes: () => shown.flatMap(({ diagram }) => diagram.nodes),
      flow: () => moment()?.flow,
      refresh,
    },
    () => appPage(window.document),
  );

  return {
    panels,
    enter(slide) {
      panels.close();
      shown = diagramsOf(slide);
      refresh();
    },
    refresh,
    print(slides, moment) {
      isPrinting = true;
      for (const slide of slides) {
        const at = moment(slide) ?? NOTHING;
        for (const entry of diagramsOf(slide)) show(entry, at, !stillness.matches);
      }
    },
    resume() {
      isPrinting = false;
      refresh();
    },
  };

  function diagramsOf(slide: Element): ReturnType<typeof open>[] {
    return [...slide.querySelectorAll<SVGSVGElement>('.diagram > svg')].map((svg) => {
      const entry = known.get(svg) ?? open(svg, slide, (node) => panels.tellOf(node), onPlay);
      known.set(svg, entry);
      return entry;
    });
  }
}

function show({ diagram, caption }: ReturnType<typeof open>, at: Moment, motion: boolean): void {
  const { flow, now } = at;
  diagram.paint(flow, now, { motion, still: at.time === 'frozen' });
  caption?.paint(flow, now, at);
  caption?.describe(diagram.describe(flow, now));
}

function open(
  svg: SVGSVGElement,
  slide: Element,
  onPress: (node: LiveNode) => void,
  onPlay: () => void,
) {
  const aside = slide.querySelector('.live');
  return {
    diagram: createDiagram(svg, onPress),
    caption: aside ? createCaption(aside, onPlay) : undefined,
  };
}

/** The canvas over the slides: what stands on it is scaled with them. */
function layerOver(document: Document): HTMLElement {
  const layer = document.createElement('div');
  layer.className = 'panels';
  document.querySelector('.reveal')?.append(layer);
  return layer;
}

/** The app's own page, through our own port: only a server has one, and only while the app answers. */
async function appPage(document: Document): Promise<string | undefined> {
  if (document.body.dataset.socket !== 'true') return undefined;
  const answer = await fetch(PREVIEW, { method: 'HEAD' }).catch(() => undefined);
  return answer?.status === 200 ? PREVIEW : undefined;
}
