import type { Flow, Seconds } from '../../../src/shared/flow.ts';
import { END, SCENES, type SceneName } from '../../../src/shared/scene.ts';
import { span } from '../../../src/shared/words.ts';
import { breakIt, fix, poll, push } from './commit.ts';
import { drift, scale } from './drift.ts';
import type { Begun, Hands, Scene } from './scene.ts';
import { isSeen, title } from './standing.ts';
import { resume, suspend } from './suspend.ts';

/** Where scenes are done, and by what clock. */
export interface Stage extends Omit<Hands, 'flow'> {
  flow: () => Flow;
  /** Calls after each change of the flow. Returns how to end that. */
  changed: (listener: () => void) => () => void;
  clock: () => Seconds;
  schedule: (after: Seconds, run: () => void) => () => void;
  /** Tells the flow that a scene begins now, or by the name `end` that it has ended. */
  marker: (name: string) => void;
}

/** Refused, with the cure; or begun, and how it ends. `done` never rejects. */
export type Performance = { refused: string } | { begun: Seconds; done: Promise<Ending> };

export const TABLE: Readonly<Record<SceneName, Scene>> = {
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
  const refused = isSeen(flow, stage.parts)
    ? scene.refusal(flow, stage.parts)
    : `What happens in the cluster can’t be seen now (${flow.health.text}). Wait until it is live.`;
  if (refused !== undefined) return { refused };
  const begun = stage.clock();
  stage.marker(name);
  return { begun, done: done(scene, { at: begun, parts: stage.parts }, stage) };
}

/** How long it took; or why it did not end, in words. */
export type Ending = { seconds: Seconds } | { failed: string };

/**
 * A scene that a person has begun by hand: waits for its end as for one of ours.
 * @param revision of the push, where it was one
 */
export function followScene(
  name: SceneName,
  stage: Omit<Stage, 'ask' | 'repository'>,
  revision: string | undefined,
): Promise<Ending> {
  const scene = TABLE[name];
  const begun = {
    at: stage.clock(),
    parts: stage.parts,
    ...(revision !== undefined && { revision }),
  };
  const { late, cancel } = limitOf(scene, begun, stage);
  return ending(scene, begun, stage, late).finally(cancel);
}

async function done(scene: Scene, begun: Begun, stage: Stage): Promise<Ending> {
  const { ask, repository, parts } = stage;
  const hands = { ask, parts, flow: stage.flow(), ...(repository && { repository }) };
  const { limit, late, cancel } = limitOf(scene, begun, stage);
  try {
    const act = await Promise.race([scene.act(hands), late]);
    if (!act) return { failed: `The scene ${scene.name} could not be begun in ${span(limit)}.` };
    return await ending(scene, { ...begun, ...act }, stage, late);
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  } finally {
    cancel();
  }
}

function limitOf(scene: Scene, begun: Begun, { flow, schedule }: Pick<Stage, 'flow' | 'schedule'>) {
  const limit = scene.limit + (scene.untilFluxLooks ? untilLook(begun, flow()) : 0);
  let cancel = () => {};
  const late = new Promise<undefined>((resolve) => {
    cancel = schedule(limit, () => resolve(undefined));
  });
  return { limit, late, cancel: () => cancel() };
}

/** Waits until the flow shows that it has ended. */
function ending(
  scene: Scene,
  begun: Begun,
  { flow, changed, clock, marker }: Omit<Stage, 'ask' | 'repository'>,
  late: Promise<undefined>,
): Promise<Ending> {
  return new Promise((resolve) => {
    let leave = () => {};
    let hasEnded = false;
    const end = (how: Ending) => {
      hasEnded = true;
      leave();
      resolve(how);
    };
    const look = () => {
      if (hasEnded) return;
      const now = flow();
      const failed = scene.failure?.(now, begun);
      if (scene.ended(now, begun)) {
        end({ seconds: clock() - begun.at });
        marker(END);
      } else if (failed !== undefined) end({ failed });
    };
    leave = changed(look);
    void late.then(() => end({ failed: tooLate(scene, begun, flow(), clock()) }));
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

function untilLook({ at, parts }: Begun, { resources }: Flow): Seconds {
  return Math.max(0, (resources.get(parts.applier)?.next ?? at) - at);
}
