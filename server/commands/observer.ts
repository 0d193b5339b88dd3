import type { Seconds } from '../../src/shared/flow.ts';
import { isSceneName, type SceneName } from '../../src/shared/scene.ts';
import type { Observation } from '../cluster/observation.ts';
import { observe } from '../cluster/observe.ts';
import { nothingDone, recognise } from '../cluster/recognise.ts';
import { initial } from '../cluster/state.ts';
import type { Hub } from '../hub.ts';

export interface ObserverOptions {
  hub: Hub;
  /** ISO date, that of the hub. */
  started: string;
  /** What `demo reset` pushes: what follows is nobody's scene, the demo is put back. */
  pristine?: string;
  /** A scene was begun by hand. */
  onScene: (name: SceneName) => void;
  onReset: () => void;
}

/** As long as the demo takes to be put back. */
const RESETTING: Seconds = 10;

/**
 * What is observed of a cluster and its Git host becomes a hub's events; what a person does by hand
 * is marked as the scene that it is.
 */
export function createObserver(options: ObserverOptions): (observation: Observation) => void {
  const { hub, onScene, onReset } = options;
  let state = initial(options.started);
  let memory = nothingDone;
  let disregardedUntil = Number.NEGATIVE_INFINITY;
  return (observation) => {
    const before = state;
    const step = observe(before, observation);
    const scene = hub.scene();
    const isUnderWay = scene !== undefined && scene.ended === undefined;
    const [remembered, recognised] = recognise(memory, before, observation, step, {
      ...(isUnderWay && { running: scene }),
    });
    state = step.state;
    memory = remembered;
    const isReset = isPushOf(observation, options.pristine);
    if (isReset) disregardedUntil = observation.at + RESETTING;
    const markers = observation.at < disregardedUntil ? [] : recognised;
    hub.publish(observation.at, [...markers, ...step.events]);
    if (isReset) onReset();
    for (const { name } of markers) if (isSceneName(name)) onScene(name);
  };
}

function isPushOf(observation: Observation, revision: string | undefined): boolean {
  if (observation.type !== 'git' || revision === undefined) return false;
  const { happened } = observation;
  return happened.what === 'receive-pack' && happened.revision === revision;
}
