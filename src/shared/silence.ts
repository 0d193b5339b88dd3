import type { Seconds } from './flow.ts';

/**
 * A recording without its long silences: how time elapsed on the glass maps to recorded time.
 * Times shown stay true; inside a shortened silence recorded time merely runs faster, `fast`.
 */
export interface Timeline {
  elapsed: (recorded: Seconds) => Seconds;
  recorded: (elapsed: Seconds) => { at: Seconds; fast: boolean };
}

const LONGEST: Seconds = 2;
/** A silence begins at its own speed, so that the last dots arrive at theirs. */
const UNHURRIED: Seconds = 1;

interface Stretch {
  recorded: Seconds;
  elapsed: Seconds;
  /** Recorded seconds for each second elapsed, from here to the next stretch. */
  speed: number;
}

/** Elapsed time begins with `from`. Nothing is shortened. */
export function unshortened(from: Seconds): Timeline {
  return timeline([{ recorded: from, elapsed: 0, speed: 1 }]);
}

/** No silence between `from` and the last of `times`, which are in order, takes over 2 s. */
export function shortened(from: Seconds, times: readonly Seconds[]): Timeline {
  const stretches: Stretch[] = [{ recorded: from, elapsed: 0, speed: 1 }];
  let before = from;
  let saved = 0;
  for (const time of times) {
    if (time - before > LONGEST) {
      const hurried = before + UNHURRIED;
      const speed = (time - hurried) / (LONGEST - UNHURRIED);
      stretches.push({ recorded: hurried, elapsed: hurried - from - saved, speed });
      saved += time - before - LONGEST;
      stretches.push({ recorded: time, elapsed: time - from - saved, speed: 1 });
    }
    before = Math.max(before, time);
  }
  return timeline(stretches);
}

function timeline(stretches: readonly Stretch[]): Timeline {
  return {
    elapsed: (recorded) => {
      const stretch = lastUpTo(stretches, 'recorded', recorded);
      return stretch.elapsed + (recorded - stretch.recorded) / stretch.speed;
    },
    recorded: (elapsed) => {
      const stretch = lastUpTo(stretches, 'elapsed', elapsed);
      const at = stretch.recorded + (elapsed - stretch.elapsed) * stretch.speed;
      return { at, fast: stretch.speed > 1 };
    },
  };
}

function lastUpTo(
  stretches: readonly Stretch[],
  by: 'recorded' | 'elapsed',
  time: Seconds,
): Stretch {
  const found = stretches.findLast((stretch) => stretch[by] <= time) ?? stretches[0];
  return found ?? { recorded: 0, elapsed: 0, speed: 1 };
}
