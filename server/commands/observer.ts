import { isSceneName, type SceneName } from '../../src/shared/scene.ts';
import type { Observation } from '../cluster/observation.ts';
import { observe } from '../cluster/observe.ts';
import { nothingDone, recognise } from '../cluster/recognise.ts';
import { initial } from '../cluster/state.ts';
import type { Hub } from '../hub.ts';

/**
 * What is observed of a cluster and its Git host becomes a hub's events; what a person does by hand
 * is marked as the scene that it is.
 * @param started ISO date, that of the hub
 * @param onScene a scene was begun by hand
 */
export function createObserver(
  hub: Hub,
  started: string,
  onScene: (name: SceneName) => void,
): (observation: Observation) => void {
  let state = initial(started);
  let memory = nothingDone;
  return (observation) => {
    const before = state;
    const step = observe(before, observation);
    const scene = hub.scene();
    const isUnderWay = scene !== undefined && scene.ended === undefined;
    const [remembered, markers] = recognise(memory, before, observation, step, {
      ...(isUnderWay && { running: scene }),
    });
    state = step.state;
    memory = remembered;
    hub.publish(observation.at, [...markers, ...step.events]);
    for (const { name } of markers) if (isSceneName(name)) onScene(name);
  };
}
