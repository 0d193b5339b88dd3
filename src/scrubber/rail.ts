import { tellMoment } from '../shared/moment.ts';
import { keyed, type Reel, stillAt } from './reel.ts';

/** A slider over the scenes of the recordings. */
export interface Rail {
  readonly element: HTMLElement;
  stop(): number;
  /** Puts it to a stop, telling nobody. */
  put(stop: number): void;
}

/** @param onSeek is told when it is moved by hand */
export function createRail(document: Document, reel: Reel, onSeek: () => void): Rail {
  let stop = 0;
  const element = document.createElement('div');
  element.className = 'rail';
  element.tabIndex = 0;
  const thumb = document.createElement('span');
  thumb.className = 'thumb';
  element.append(...reel.parts.map((part) => markOf(document, part, reel)), thumb);
  for (const [name, value] of Object.entries({
    role: 'slider',
    'aria-label': 'Moment of the recorded run',
    'aria-valuemin': '0',
    'aria-valuemax': `${reel.last / 10}`,
  })) {
    element.setAttribute(name, value);
  }

  function put(next: number): void {
    stop = next;
    element.style.setProperty('--at', `${share(stop, reel)}`);
    element.setAttribute('aria-valuenow', `${stop / 10}`);
    const still = stillAt(reel, stop);
    element.setAttribute('aria-valuetext', still ? tellMoment(still) : '');
  }

  function seek(next: number): void {
    put(next);
    onSeek();
  }

  function follow({ clientX }: PointerEvent): void {
    const { left, width } = element.getBoundingClientRect();
    const at = Math.min(Math.max((clientX - left) / (width || 1), 0), 1);
    seek(Math.round(at * reel.last));
  }

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    element.setPointerCapture(event.pointerId);
    element.focus({ preventScroll: true });
    follow(event);
  });
  element.addEventListener('pointermove', (event) => {
    if (element.hasPointerCapture(event.pointerId)) follow(event);
  });
  element.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = keyed(reel, stop, event);
    if (next === undefined) return;
    event.preventDefault();
    seek(next);
  });
  put(0);
  return { element, stop: () => stop, put };
}

function markOf(document: Document, part: Reel['parts'][number], reel: Reel): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'mark';
  mark.textContent = part.scene;
  mark.style.setProperty('--from', `${share(part.first, reel)}`);
  mark.style.setProperty('--to', `${share(part.last + 1, reel)}`);
  return mark;
}

function share(stop: number, { last }: Reel): number {
  return last === 0 ? 0 : stop / last;
}
