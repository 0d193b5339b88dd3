import { createFrozen } from './frozen.ts';
import type { Load } from './library.ts';
import type { Moment } from './live.ts';
import type { Scrubber } from './scrubber/scrubber.ts';
import { type MomentCue, momentAt, readMoments } from './shared/moment.ts';
import type { Repertoire } from './shared/repertoire.ts';
import { createStills } from './stills.ts';

/** The frozen moments of a page: those that its slides ask for, and the one that their author looks for. */
export interface Moments {
  /** A position is come to. */
  arrive(slide: Element, step: number): void;
  /** A scene has begun on the slide: it plays, until its moment is come to again. */
  giveWay(): void;
  /** What shows now in place of all that happens; undefined without. */
  now(): Omit<Moment, 'hint'> | undefined;
  /** What a slide shows with all its steps. */
  onPaper(slide: Element): Moment | undefined;
}

export interface MomentsOptions {
  repertoire: Repertoire;
  /** At the true pace. */
  load: Load;
  /** Whether whoever looks writes the talk. */
  writes: boolean;
  /** There is something else to show. */
  onChange: () => void;
}

export function createMoments(document: Document, options: MomentsOptions): Moments {
  const { repertoire, load, writes, onChange } = options;
  const stills = createStills(repertoire, load);
  const frozen = createFrozen();
  let entered: { slide: Element; step: number } | undefined;
  let scrubber: Scrubber | undefined;
  if (writes) void openScrubber();
  // Here before anybody comes to it, and whatever is lost until then.
  else if (document.querySelector('[data-show]')) void open();

  async function open(): Promise<void> {
    await stills.open();
    onChange();
  }

  async function openScrubber(): Promise<void> {
    const [{ createScrubber }] = await Promise.all([import('./scrubber/scrubber.ts'), open()]);
    scrubber = createScrubber(document, stills.lengths(), (still) => {
      frozen.seek(still);
      onChange();
    });
    if (entered) scrubber.arrive(entered.slide, entered.step, frozen.now());
  }

  return {
    arrive(slide, step) {
      entered = { slide, step };
      const cues = cuesOf(slide);
      if (cues.length > 0) void open();
      frozen.arrive(slide, momentAt(cues, step));
      scrubber?.arrive(slide, step, frozen.now());
    },
    giveWay: () => frozen.giveWay(),
    now() {
      const still = frozen.now();
      return still && stills.moment(still);
    },
    onPaper(slide) {
      const cue = momentAt(cuesOf(slide), Number.POSITIVE_INFINITY);
      // Paper waits for nothing: what is not here yet is not told of.
      if (!cue || stills.lengths().size === 0) return undefined;
      return { ...stills.moment(cue), hint: '' };
    },
  };
}

function cuesOf(slide: Element): MomentCue[] {
  return readMoments(slide.getAttribute('data-show') ?? '');
}
