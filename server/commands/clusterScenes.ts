import type { SceneName } from '../../src/shared/scene.ts';
import type { ClusterWatch } from '../cluster/watch/cluster.ts';
import type { RunningDemo } from '../demo/running.ts';
import { DEMO_PARTS } from '../demo/scenes/parts.ts';
import { repositoryOf } from '../demo/scenes/repository.ts';
import { followScene, runScene } from '../demo/scenes/run.ts';
import type { Hub } from '../hub.ts';
import type { Performance } from '../show.ts';
import { foreignParts } from './foreignParts.ts';
import type { Time } from './hub.ts';

/** What is connected once the page can be had. */
export interface Connected {
  watch: ClusterWatch;
  demo?: RunningDemo;
}

/** Does a scene in the cluster. */
export async function perform(
  name: string,
  hub: Hub,
  { clock, schedule }: Time,
  connected: Connected | undefined,
): Promise<Performance> {
  if (!connected) return { refused: 'The cluster is not connected yet.' };
  const parts = connected.demo ? DEMO_PARTS : foreignParts(hub.flow());
  if (typeof parts === 'string') return { refused: parts };
  return runScene(name, {
    ask: connected.watch.ask,
    ...(connected.demo && { repository: repositoryOf(connected.demo) }),
    parts,
    flow: hub.flow,
    changed: hub.listen,
    clock,
    schedule,
    marker: (scene) => hub.publish(clock(), [{ type: 'marker', name: scene }]),
  });
}

/** What a person does in a terminal is on stage as the same scene. */
export async function followByHand(
  name: SceneName,
  isDemo: boolean,
  hub: Hub,
  { clock, schedule }: Time,
): Promise<void> {
  const flow = hub.flow();
  const parts = isDemo ? DEMO_PARTS : foreignParts(flow);
  if (typeof parts === 'string' || hub.showing().feed !== 'live') return;
  const scene = { name, began: clock() };
  hub.tellScene(scene);
  const stage = { parts, flow: hub.flow, changed: hub.listen, clock, schedule };
  const marker = (end: string) => hub.publish(clock(), [{ type: 'marker', name: end }]);
  await followScene(name, { ...stage, marker }, flow.push?.revision);
  if (hub.scene()?.began === scene.began) hub.tellScene({ ...scene, ended: clock() });
}
