import {
  type MomentCue,
  readMoment,
  type SceneLengths,
  writeMoment,
} from '../../src/shared/moment.ts';
import type { SceneCue } from '../../src/shared/scene.ts';
import type { Deck, PlacedMoment } from './deck.ts';
import type { Definition } from './definitions.ts';
import type { PlacedRemark } from './rules/remark.ts';

/** What a slide's properties ask for: `show` / `:   push+3.2s at 2`, several with commas or lines. */
export interface Moments {
  moments: PlacedMoment[];
  remarks: PlacedRemark[];
}

/**
 * @param slide how many steps it has, and the scenes that it asks for
 * @param lines of the source: properties have lost their columns
 */
export function momentsOf(
  properties: readonly Definition[],
  slide: { steps: number; scenes: readonly SceneCue[] },
  lines: readonly string[],
): Moments {
  const moments: PlacedMoment[] = [];
  const remarks: PlacedRemark[] = [];
  for (const { text, line, column } of wishesOf(properties, lines)) {
    const cue = readMoment(text);
    const fault = cue ? faultOf(cue, moments, slide) : notAMoment(text);
    if (fault) remarks.push({ line, column, ...fault });
    if (cue && fault?.severity !== 'error') moments.push({ ...cue, line, column });
  }
  return { moments, remarks };
}

interface Wish {
  text: string;
  line: number;
  column: number;
}

function wishesOf(properties: readonly Definition[], lines: readonly string[]): Wish[] {
  return properties
    .filter(({ key }) => key === 'show')
    .flatMap(({ values }) => values)
    .flatMap(({ text, line }) => wishesIn(text, line, lines));
}

/** How many lines further down a definition may stand than its list says. */
const NEAR = 3;

/** The wishes of one definition, each looked for behind the one before it. */
function wishesIn(text: string, first: number, lines: readonly string[]): Wish[] {
  let line = first;
  let from = 0;
  const all = text.split(/[,\n]/).map((wish) => wish.trim());
  return all
    .filter((wish) => wish !== '')
    .map((wish) => {
      for (let at = line; at < line + NEAR; at++) {
        const column = lines[at - 1]?.indexOf(wish, at === line ? from : 0) ?? -1;
        if (column < 0) continue;
        line = at;
        from = column + wish.length;
        return { text: wish, line, column: column + 1 };
      }
      return { text: wish, line: first, column: 1 };
    });
}

type Fault = Pick<PlacedRemark, 'severity' | 'message' | 'cure'>;

function faultOf(
  cue: MomentCue,
  before: readonly MomentCue[],
  { steps, scenes }: { steps: number; scenes: readonly SceneCue[] },
): Fault | undefined {
  if (cue.step > steps) {
    return {
      severity: 'error',
      message: `The moment of ${cue.scene} waits for step ${cue.step}, and this slide ${tellSteps(steps)}.`,
      cure: `Write ${writeMoment({ ...cue, step: steps })}, or let the slide wait longer with {::wait/}.`,
    };
  }
  if (before.some(({ step }) => step === cue.step)) {
    return {
      severity: 'error',
      message: `Two moments are to be shown at the same step, and only one can be.`,
      cure: 'Write one of them at another step, or take it out.',
    };
  }
  const scene = scenes.find(({ step }) => step === cue.step);
  if (!scene) return undefined;
  return {
    severity: 'warning',
    message: `The scene ${scene.name} runs at the step that shows this frozen moment, and takes its place.`,
    cure: `Write one of them at another step.`,
  };
}

function notAMoment(text: string): Fault {
  return {
    severity: 'error',
    message: `“${text}” is no moment of a run.`,
    cure: 'Write a scene, how long after its beginning, and the step: push+3.2s at 2.',
  };
}

/** Without the moments that the recordings don't have. */
export async function withRecorded(
  deck: Deck,
  recorded: (() => Promise<SceneLengths>) | undefined,
): Promise<Deck> {
  if (!recorded || !deck.slides.some(({ moments }) => moments)) return deck;
  const lengths = await recorded();
  const problems = [...deck.problems];
  const slides = deck.slides.map((slide) => {
    const { moments, ...rest } = slide;
    if (!moments) return slide;
    const shown = moments.filter(({ line, column, ...cue }) => {
      const fault = momentFault(cue, lengths);
      if (fault) problems.push({ file: deck.file, line, column, ...fault });
      return fault === undefined;
    });
    return { ...rest, ...(shown.length > 0 && { moments: shown }) };
  });
  return { ...deck, slides, problems };
}

/** What is wrong with a moment in the recordings that it is shown from. */
function momentFault(cue: MomentCue, lengths: SceneLengths): Fault | undefined {
  const length = lengths.get(cue.scene);
  if (length === undefined) {
    const names = [...lengths.keys()].join(', ');
    return {
      severity: 'error',
      message: `The recording has no scene ${cue.scene}.`,
      cure: `Write one of ${names}.`,
    };
  }
  if (cue.seconds <= length) return undefined;
  const last = Math.floor(length * 10) / 10;
  return {
    severity: 'error',
    message: `The recorded ${cue.scene} ends after ${last.toFixed(1)} s, before this moment.`,
    cure: `Write ${writeMoment({ ...cue, seconds: last })}, or an earlier moment.`,
  };
}

function tellSteps(steps: number): string {
  return steps === 0 ? 'has none' : `ends with step ${steps}`;
}
