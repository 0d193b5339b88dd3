import Reveal, { type RevealConfig } from 'reveal.js';
import '../style/reveal.css';
import { clamp, isNext, type Move, move, type Position, type Shape } from '../shared/position.ts';

/** The slides on the glass. What shows is a function of the position; reveal only shows it. */
export interface Stage {
  position(): Position;
  go(to: Move): void;
  toggleOverview(): void;
  overviewIsOpen(): boolean;
  /** After slides were changed in place: shows a position of the deck as it is now, without motion. */
  refresh(to: Position): void;
}

/** Ours are the keys, the addresses, the scale and the motion. */
const CONFIG = {
  width: 1280,
  height: 720,
  margin: 0,
  disableLayout: true,
  scrollActivationWidth: 0,
  center: false,
  display: 'grid',
  transition: 'none',
  backgroundTransition: 'none',
  navigationMode: 'linear',
  hash: false,
  history: false,
  respondToHashChanges: false,
  keyboard: false,
  jumpToSlide: false,
  controls: false,
  progress: false,
  slideNumber: false,
  help: false,
  postMessage: false,
  postMessageEvents: false,
} satisfies RevealConfig;

/** How a position came about. */
export interface Arrival {
  /** By a press (or a swipe) that goes one step on, and by nothing else. */
  forward: boolean;
}

/** @param onPosition is told of every new position, and how it came about */
export async function createStage(
  root: HTMLElement,
  start: Position,
  onPosition: (position: Position, arrival: Arrival) => void,
): Promise<Stage> {
  const deck = new Reveal(root, CONFIG);
  await deck.initialize();

  const left = new Map<number, number>();
  let shape = shapeOf(root);
  let at: Position = clamp(shape, start);
  let showing = false;

  const show = (to: Position, forward = false) => {
    if (to.slide !== at.slide) root.classList.add('moved');
    left.set(at.slide, at.step);
    at = to;
    showing = true;
    deck.slide(at.slide, 0, at.step - 1);
    showing = false;
    onPosition(at, { forward });
  };

  const go = (to: Move) => {
    const step = deck.isOverview() ? wholeSlides(to) : to;
    const next = move(shape, left, at, step);
    if (next.slide !== at.slide || next.step !== at.step) show(next, step.type === 'next');
    if (deck.isOverview()) deck.getCurrentSlide().scrollIntoView({ block: 'nearest' });
  };

  // A swipe moves reveal by itself; the rules for entering a slide are ours all the same.
  const follow = () => {
    if (showing) return;
    const { h, f } = deck.getIndices();
    const to = swiped(shape, left, at, { slide: h, step: (f ?? -1) + 1 });
    show(to, !deck.isOverview() && isNext(shape, at, to));
  };
  for (const event of ['slidechanged', 'fragmentshown', 'fragmenthidden'] as const) {
    deck.on(event, follow);
  }

  // In the overview a click is a jump. Slides that don't show are inert and hear of no click.
  root.addEventListener(
    'click',
    (event) => {
      if (!deck.isOverview()) return;
      event.preventDefault();
      event.stopPropagation();
      const slide = [...root.querySelectorAll('.slides > section')].findIndex((section) =>
        isInside(section.getBoundingClientRect(), event),
      );
      if (slide < 0) return;
      deck.toggleOverview(false);
      go({ type: 'jump', slide });
    },
    { capture: true },
  );

  show(at);
  return {
    position: () => at,
    go,
    toggleOverview() {
      deck.toggleOverview();
      deck.getCurrentSlide().scrollIntoView({ block: 'nearest' });
    },
    overviewIsOpen: () => deck.isOverview(),
    refresh(to) {
      shape = shapeOf(root);
      deck.sync();
      show(clamp(shape, to));
      root.classList.remove('moved');
    },
  };
}

function shapeOf(root: HTMLElement): Shape {
  return [...root.querySelectorAll('.slides > section')].map((section) => {
    const aside = section.getAttribute('data-aside');
    return {
      steps: Number(section.getAttribute('data-steps') ?? 0),
      ...((aside === 'skip' || aside === 'backup') && { aside }),
    };
  });
}

/** Where a swipe leads by our rules, when reveal by its own has gone to a slide next door. */
function swiped(
  shape: Shape,
  left: ReadonlyMap<number, number>,
  at: Position,
  reached: Position,
): Position {
  const { slide } = at;
  if (reached.slide === slide + 1) return move(shape, left, at, { type: 'next-slide' });
  if (reached.slide === slide - 1) {
    return move(shape, left, { slide, step: 0 }, { type: 'previous' });
  }
  return clamp(shape, reached);
}

/** In the overview there are no steps. */
function wholeSlides(to: Move): Move {
  if (to.type === 'next') return { type: 'next-slide' };
  if (to.type === 'previous') return { type: 'previous-slide' };
  return to;
}

function isInside(box: DOMRect, { clientX: x, clientY: y }: MouseEvent): boolean {
  return box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
}
