import type { Seconds } from '../shared/flow.ts';
import {
  allotment,
  begin,
  clockFace,
  elapsed,
  type Plan,
  readTimer,
  standing,
  type Timer,
  togglePause,
} from '../shared/timer.ts';

/** The talk's clock: a tortoise in the footer that runs against the hare. */
export interface Tortoise {
  /** A slide shows: the first one after the title starts the clock. */
  enter(slide: Element): void;
  /** Pauses, or goes on. @returns what to say of it */
  pause(): string;
  /** From zero again. @returns what to say of it */
  restart(): string;
}

const EVERY = 1000;

/**
 * @param key under which the clock is kept: it survives a reload, and a new start of the server
 * @param now seconds since 1970
 */
export function createTortoise(window: Window, key: string, now: () => Seconds): Tortoise {
  const keep = keeper(window, key);
  let slide: Element | undefined;

  const isOnWay = () => slide !== undefined && slide.getAttribute('data-index') !== '0';

  function paint(): void {
    const foot = slide?.querySelector<HTMLElement>('.foot');
    const timer = keep.read(now());
    if (!foot || !timer) return;
    keep.write({ ...timer, seen: now() });
    const allotted = allotment(planOf(foot), timer.began);
    if (allotted !== undefined) show(foot, timer, allotted, now());
  }

  function enter(next: Element): void {
    slide = next;
    const foot = next.querySelector<HTMLElement>('.foot');
    if (foot && isOnWay() && !keep.read(now())) keep.write(begin(planOf(foot), now()));
    paint();
  }

  window.setInterval(paint, EVERY);
  return {
    enter,
    pause() {
      const timer = keep.read(now());
      if (!timer) return 'The clock starts after the title slide.';
      const next = togglePause(timer, now());
      keep.write(next);
      paint();
      const face = clockFace(elapsed(next, now()));
      return next.since === undefined ? `The clock pauses at ${face}.` : `It goes on at ${face}.`;
    },
    restart() {
      const timer = keep.read(now());
      const was = timer ? ` It stood at ${clockFace(elapsed(timer, now()))}.` : '';
      keep.write(undefined);
      if (slide) enter(slide);
      return `The clock is at zero.${was}`;
    },
  };
}

function planOf({ dataset }: HTMLElement): Plan {
  const { allottedTime, startTime, endTime } = dataset;
  return {
    ...(allottedTime !== undefined && { allotted: allottedTime }),
    ...(startTime !== undefined && { start: startTime }),
    ...(endTime !== undefined && { end: endTime }),
  };
}

function show(foot: Element, timer: Timer, allotted: Seconds, now: Seconds): void {
  const { share, over } = standing(timer, allotted, now);
  const tortoise = foot.querySelector('.tortoise');
  tortoise?.setAttribute('x', `${(share * 100).toFixed(2)}%`);
  tortoise?.setAttribute('href', timer.since === undefined ? '#tortoise-asleep' : '#tortoise');
  const sign = foot.querySelector('.over');
  const words = over >= 1 ? `+${clockFace(over)}` : '';
  if (sign && sign.textContent !== words) sign.textContent = words;
}

/** Where a page may keep nothing, the clock lasts as long as the page. */
function keeper({ localStorage }: Window, key: string) {
  let last: string | null = null;
  return {
    read(now: Seconds): Timer | undefined {
      try {
        // Another window of the same talk may have paused it.
        last = localStorage.getItem(key);
      } catch {
        // What was written last is known.
      }
      return readTimer(last, now);
    },
    write(timer: Timer | undefined): void {
      last = timer ? JSON.stringify(timer) : null;
      try {
        if (last === null) localStorage.removeItem(key);
        else localStorage.setItem(key, last);
      } catch {
        // It is remembered here.
      }
    },
  };
}
