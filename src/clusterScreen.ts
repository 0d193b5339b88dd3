import { createPacedFlow, type PacedFlow } from './feed/pacedFlow.ts';
import type { Screen } from './screen.ts';
import type { Seconds } from './shared/flow.ts';
import type { Pace } from './shared/pace.ts';
import { empty } from './shared/reduce.ts';
import type { Played, RunningScene } from './shared/wire.ts';

/** Live events of a server. Its scenes are done in the cluster; here they only are named. */
export interface ClusterScreen extends Screen {
  flow: PacedFlow;
  /** What has run so far; no scene is under way. */
  begin(played: readonly Played[]): void;
  /** A scene has begun or ended. */
  tell(scene: RunningScene): void;
  isUnderWay(): RunningScene | undefined;
  played(): readonly Played[];
  isStale(): boolean;
}

/** @param now seconds of the feed; undefined before its first reset */
export function createClusterScreen(pace: Pace, now: () => Seconds | undefined): ClusterScreen {
  const flow = createPacedFlow(empty({ state: 'stale', text: 'Not connected yet' }), pace);
  let slide: string | undefined;
  let scenes: readonly string[] = [];
  let played: readonly Played[] = [];
  let running: RunningScene | undefined;
  const isUnderWay = () => (running?.ended === undefined ? running : undefined);

  return {
    flow,
    begin(done) {
      played = done;
      running = undefined;
    },
    tell(scene) {
      running = scene;
      const { name, slide: id } = scene;
      if (!played.some((one) => one.name === name && one.slide === id)) {
        played = [...played, { name, ...(id !== undefined && { slide: id }) }];
      }
    },
    isUnderWay,
    played: () => played,
    isStale: () => flow.at(now() ?? 0).health.state === 'stale',
    moment() {
      const at = now();
      if (at === undefined) return undefined;
      const shown = flow.at(at);
      const words = shown.health.text || shown.health.state;
      const scene = isUnderWay();
      return {
        flow: shown,
        now: at,
        badge: scene && shown.health.state === 'live' ? `${words} · ${scene.name}` : words,
        time: flow.waits() ? 'frames' : 'clock',
      };
    },
    enter(id, _, names) {
      slide = id;
      scenes = names;
    },
    next() {
      if (isUnderWay()) return undefined;
      return scenes.find((name) => !played.some((one) => one.name === name && one.slide === slide));
    },
  };
}
