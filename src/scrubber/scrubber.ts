import type { SceneLengths, Still } from '../shared/moment.ts';
import { createCopier } from './copier.ts';
import { createRail } from './rail.ts';
import { reelOf, stillAt, stopOf } from './reel.ts';

/** While writing: finds a moment of the recordings for a slide's diagrams. */
export interface Scrubber {
  /** A position is come to, and the moment that shows there. */
  arrive(slide: Element, step: number, still: Still | undefined): void;
}

/**
 * A strip on the canvas, below the words.
 * @param onSeek is told of the moment that is looked for; of none when that ends
 */
export function createScrubber(
  document: Document,
  lengths: SceneLengths,
  onSeek: (still: Still | undefined) => void,
): Scrubber {
  const reel = reelOf(lengths);
  let step = 0;
  const layer = document.createElement('div');
  layer.className = 'scrubber';
  layer.hidden = true;
  const strip = document.createElement('div');
  strip.className = 'strip';
  strip.setAttribute('role', 'group');
  strip.setAttribute('aria-label', 'A moment of the recorded run, for this slide');
  // Ours, not reveal's swipe to another slide.
  strip.dataset.preventSwipe = '';

  const rail = createRail(document, reel, () => {
    offer();
    onSeek(stillAt(reel, rail.stop()));
  });
  const copier = createCopier(document);
  const words = document.createElement('div');
  words.className = 'words';
  const told = document.createElement('span');
  words.append(told, ...copier.elements);
  strip.append(words, rail.element);
  layer.append(strip);
  document.querySelector('.reveal')?.append(layer);

  function offer(): void {
    const still = stillAt(reel, rail.stop());
    if (!still) return;
    told.textContent = rail.element.getAttribute('aria-valuetext');
    copier.offer({ ...still, step });
  }

  function leave(): void {
    if (copier.clear()) return rail.element.focus({ preventScroll: true });
    onSeek(undefined);
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }

  rail.element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    void copier.copy();
  });
  strip.addEventListener('keydown', (event) => {
    // No key in here is the deck's.
    event.stopPropagation();
    if (event.key === 'Escape') leave();
  });

  return {
    arrive(slide, now, still) {
      step = now;
      layer.hidden = reel.parts.length === 0 || !isLive(slide);
      const stop = still && stopOf(reel, still);
      if (stop !== undefined) rail.put(stop);
      offer();
    },
  };
}

function isLive(slide: Element): boolean {
  return slide.querySelector('.live') !== null && slide.querySelector('.diagram > svg') !== null;
}
