import type { Seconds } from '../../src/shared/flow.ts';
import { type Down, decodeDown, type Up } from '../../src/shared/wire.ts';
import { accessOpener } from '../cluster/watch/access.ts';
import { watchCluster } from '../cluster/watch/cluster.ts';
import { KINDS } from '../cluster/watch/kinds.ts';
import { openDemo } from '../demo/running.ts';
import { DEMO_PARTS } from '../demo/scenes/parts.ts';
import { type Demo, places } from '../demo/state.ts';
import type { Hub } from '../hub.ts';
import { createShow } from '../show.ts';
import { perform } from './clusterScenes.ts';
import { beginTime, openHub, type Time } from './hub.ts';
import { createObserver } from './observer.ts';

/** A stage of this process alone, for as long as a scene takes: no talk is open. */
export interface OwnStage {
  ask: (wish: Up) => void;
  close: () => Promise<void>;
}

/** How long the cluster has to tell what is in it, and to be done with what it is at. */
const PATIENCE: Seconds = 10;

/**
 * Watches the demo's cluster and opens its Git host. Comes back when the scenes' objects are seen
 * at rest, or that takes too long.
 */
export async function openOwnStage(
  demo: Demo,
  heard: (message: Down) => void,
  log: (line: string) => void,
): Promise<OwnStage> {
  // Its timers keep the process alive until it closes.
  const time: Time = { ...beginTime(), schedule };
  const hub = openHub(
    time,
    { feed: 'live' },
    { state: 'stale', text: 'The cluster does not answer' },
  );
  const observe = createObserver({
    hub,
    started: time.started,
    onScene: () => undefined,
    onReset: () => undefined,
  });
  const watch = watchCluster({
    ...time,
    open: accessOpener({ files: [places(demo.folder).kubeconfig] }),
    kinds: KINDS,
    onObservation: observe,
    onHealth: (health) => hub.publish(time.clock(), [{ type: 'health', ...health }]),
    log,
  });
  const running = await openDemo(demo, watch.ask, {
    onHappened: (happened, repository) =>
      observe({ at: time.clock(), type: 'git', happened, repository }),
  }).catch((error: unknown) => {
    watch.stop();
    hub.stop();
    throw error;
  });
  const show = createShow({
    ...time,
    hub,
    hasCluster: true,
    auto: false,
    perform: (name) => perform(name, hub, time, { watch, demo: running }),
    recorded: () => Promise.reject(new Error('Nothing is recorded here.')),
  });
  await seen(hub, time);
  hub.subscribe({
    send: (text) => {
      const message = decodeDown(text);
      if (message) heard(message);
    },
    buffered: () => 0,
  });
  return {
    ask: (wish) => {
      if (wish.type !== 'take') show.ask(wish, (text) => heard({ type: 'told', text }));
    },
    async close() {
      show.stop();
      watch.stop();
      await running.close();
      hub.stop();
    },
  };
}

/** Resolves when the scenes' objects are there and at rest, and at the latest when patience ends. */
function seen(hub: Hub, { schedule: later }: Time): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      leave();
      resolve();
    };
    const look = () => {
      const { health, resources } = hub.flow();
      const statuses = Object.values(DEMO_PARTS).map((key) => resources.get(key)?.status);
      const isAtRest = statuses.every((status) => status && status !== 'progressing');
      if (health.state === 'live' && isAtRest) end();
    };
    const cancel = later(PATIENCE, end);
    const leave = hub.listen(look);
    look();
  });
}

function schedule(after: Seconds, run: () => void): () => void {
  const timer = setTimeout(run, after * 1000);
  return () => clearTimeout(timer);
}
