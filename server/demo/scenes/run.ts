import type { Flow, Seconds } from '../../../src/shared/flow.ts';
import { SCENES, type SceneName } from '../../../src/shared/scene.ts';
import { span } from '../../../src/shared/words.ts';
import { breakIt, fix, poll, push } from './commit.ts';
import { drift, scale } from './drift.ts';
import type { Act, Begun, Hands, Scene } from './scene.ts';
import { title } from './standing.ts';
import { resume, suspend } from './suspend.ts';

/** Where scenes are done, and by what clock. */
export interface Stage extends Omit<Hands, 'flow'> {
  flow: () => Flow;
  /** Calls after each change of the flow. Returns how to end that. */
  changed: (listener: () => void) => () => void;
  clock: () => Seconds;
  schedule: (after: Seconds, run: () => void) => () => void;
  /** Tells the flow that a scene begins now. */
  marker: (name: string) => void;
}

/** Refused, with the cure; or begun, and how it ends. `done` never rejects. */
export type Performance =
  | { refused: string }
  | { begun: Seconds; done: Promise<{ seconds: Seconds } | { failed: string }> };

const TABLE: Readonly<Record<SceneName, Scene>> = {
  push,
  drift,
  scale,
  break: breakIt,
  fix,
  suspend,
  resume,
  poll,
};

/** Does a scene for real. */
export function runScene(name: string, stage: Stage): Performance {
  const known = SCENES.find((each) => each === name);
  if (!known) return { refused: `There is no scene “${name}”. There are ${SCENES.join(', ')}.` };
  const scene = TABLE[known];
  const flow = stage.flow();
  const refused =
    flow.health.state === 'live'
      ? scene.refusal(flow, stage.parts)
      : `What happens in the cluster can’t be seen now (${flow.health.text}). Wait until it is live.`;
  if (refused !== undefined) return { refused };
  const begun = stage.clock();
  stage.marker(name);
  return { begun, done: done(scene, { at: begun, parts: stage.parts }, stage) };
}

async function done(
  scene: Scene,
  begun: Begun,
  stage: Stage,
): Promise<{ seconds: Seconds } | { failed: string }> {
  const deadline = begun.at + scene.limit + (scene.untilFluxLooks ? untilLook(begun, stage) : 0);
  const { ask, repository, parts } = stage;
  const hands = { ask, parts, flow: stage.flow(), ...(repository && { repository }) };
  const late = new Promise<undefined>((resolve) => {
    stage.schedule(deadline - begun.at, () => resolve(undefined));
  });
  try {
    const act = await Promise.race([scene.act(hands), late]);
    if (!act) return { failed: `The scene ${scene.name} could not even be begun in time.` };
    return await end(scene, { ...begun, ...act }, stage, late);
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

/** Waits until the flow shows that it has ended. */
function end(
  scene: Scene,
  begun: Begun & Act,
  { flow, changed, clock }: Stage,
  late: Promise<undefined>,
): Promise<{ seconds: Seconds } | { failed: string }> {
  return new Promise((resolve) => {
    let leave = () => {};
    const finish = (result: { seconds: Seconds } | { failed: string }) => {
      leave();
      resolve(result);
    };
    const look = () => {
      const now = flow();
      if (scene.ended(now, begun)) return finish({ seconds: clock() - begun.at });
      const failed = scene.failure?.(now, begun);
      if (failed !== undefined) finish({ failed });
    };
    leave = changed(look);
    void late.then(() => finish({ failed: tooLate(scene, begun, flow(), clock()) }));
    look();
  });
}

function tooLate({ name }: Scene, { at, parts }: Begun, flow: Flow, now: Seconds): string {
  const states = [parts.source, parts.applier, parts.workload].map((key) => {
    const status = flow.resources.get(key)?.status;
    return `${title(key)} is ${status ?? 'not there'}`;
  });
  return `The scene ${name} has not ended after ${span(now - at)}: ${states.join(', ')}.`;
}

function untilLook({ at, parts }: Begun, { flow }: Stage): Seconds {
  return Math.max(0, (flow().resources.get(parts.applier)?.next ?? at) - at);
}
