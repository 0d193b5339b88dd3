import { isSceneName, SCENES, type SceneCue } from '../../src/shared/scene.ts';
import type { Definition } from './definitions.ts';
import type { PlacedRemark } from './rules/remark.ts';

/** What a slide's properties ask for: `scene` / `:   push at 2`, several with commas or lines. */
export interface Cues {
  /** Undefined when nothing is said about scenes. */
  scenes?: SceneCue[];
  remarks: PlacedRemark[];
}

/** @param steps how many steps the slide has */
export function cuesOf(properties: readonly Definition[], steps: number): Cues {
  const wishes = properties
    .filter(({ key }) => key === 'scene')
    .flatMap(({ values }) => values)
    .flatMap(({ text, line }) => text.split(/[,\n]/).map((wish) => ({ wish: wish.trim(), line })))
    .filter(({ wish }) => wish !== '');
  if (wishes.length === 0) return { remarks: [] };
  const scenes: SceneCue[] = [];
  const remarks: PlacedRemark[] = [];
  for (const { wish, line } of wishes) {
    const cue = cueOf(wish);
    const fault = cue ? faultOf(cue, scenes, steps) : notAScene(wish);
    if (fault) remarks.push({ line, column: 1, ...fault });
    if (cue && !fault) scenes.push(cue);
  }
  return { scenes, remarks };
}

function cueOf(wish: string): SceneCue | undefined {
  const [, named, step] = /^(\S+)(?:\s+at\s+(\d+))?$/i.exec(wish) ?? [];
  const name = named?.toLowerCase() ?? '';
  if (!isSceneName(name)) return undefined;
  return { name, ...(step !== undefined && { step: Number(step) }) };
}

type Fault = Pick<PlacedRemark, 'severity' | 'message' | 'cure'>;

function faultOf(
  { name, step }: SceneCue,
  before: readonly SceneCue[],
  steps: number,
): Fault | undefined {
  if (step !== undefined && step > steps) {
    return {
      severity: 'error',
      message: `The scene ${name} waits for step ${step}, and this slide ${tellSteps(steps)}.`,
      cure: `Write ${name} at ${steps}, or let the slide wait longer with {::wait/}.`,
    };
  }
  if (before.some((cue) => cue.name === name)) {
    return {
      severity: 'warning',
      message: `The scene ${name} is asked for twice, and a slide runs each once.`,
      cure: 'Take one of them out.',
    };
  }
  const other = step === undefined ? undefined : before.find((cue) => cue.step === step);
  if (!other) return undefined;
  return {
    severity: 'warning',
    message: `The scenes ${other.name} and ${name} wait for the same step, and only one can run.`,
    cure: `Write ${name} at another step, or without one: then its key runs it.`,
  };
}

function notAScene(wish: string): Fault {
  return {
    severity: 'error',
    message: `“${wish}” is no scene.`,
    cure: `Write one of ${SCENES.join(', ')}, with its step if it has one: push at 2.`,
  };
}

function tellSteps(steps: number): string {
  return steps === 0 ? 'has none' : `ends with step ${steps}`;
}
