import { secondsOf } from '../../src/shared/timer.ts';
import { blocksIn, type Slide } from '../deck/deck.ts';
import type { Problem } from '../deck/problem.ts';
import { type Draft, warn } from './draft.ts';

/** Assumed of a speaker: told with what is found, so that nobody takes it for measured. */
const WORDS_A_MINUTE = 130;
const SECONDS_A_STEP = 2;
const ASSUMED = `Assumed are ${WORDS_A_MINUTE} words a minute, of slide and notes, and ${SECONDS_A_STEP} seconds a step.`;
/** A talk may be so much longer before it is worth a word. */
const TOLERANCE = 1.1;
/** A slide may take so many times its share. */
const LONG = 3;
const SHORTEST = 60;

/** Words and steps against the time that the talk has. */
export function overtime(draft: Draft): Problem[] {
  const allotted = secondsOf(draft.deck.metadata['allotted-time'] ?? '');
  if (!allotted) return [];
  const slides = draft.deck.slides.filter(
    ({ properties }) => properties.skip !== 'true' && properties.backup !== 'true',
  );
  const times = slides.map(seconds);
  const all = times.reduce((sum, time) => sum + time, 0);
  const whole =
    all > allotted * TOLERANCE
      ? [
          warn(draft, 0, {
            message: `The talk takes about ${tell(all)}, and has ${tell(allotted)}. ${ASSUMED}`,
            cure: 'Say less, or allot more time.',
          }),
        ]
      : [];
  const share = allotted / slides.length;
  const long = slides.flatMap((slide, at) => {
    const time = times[at] ?? 0;
    if (time <= Math.max(SHORTEST, LONG * share)) return [];
    const message = `This slide takes about ${tell(time)}; its share of the time is ${tell(share)}. ${ASSUMED}`;
    return [warn(draft, slide.index, { message, cure: 'Make two of it, or say less.' })];
  });
  return [...whole, ...long];
}

function seconds({ title, blocks, notes, steps }: Slide): number {
  const said = blocksIn(blocks).map((block) =>
    'html' in block ? block.html.replace(/<[^>]*>/g, ' ') : '',
  );
  const words = [title, ...said, notes].join(' ').match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
  return (words.length / WORDS_A_MINUTE) * 60 + steps.length * SECONDS_A_STEP;
}

function tell(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
