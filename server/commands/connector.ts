import type { AskApi } from '../api.ts';
import { type AccessOptions, accessOpener } from '../cluster/watch/access.ts';
import { watchCluster } from '../cluster/watch/cluster.ts';

/** Ways to clusters that are asked a few things: nothing is watched. */
export interface Connector {
  /** A connection that is opened anew by itself. */
  to: (access: AccessOptions) => AskApi;
  close: () => void;
}

export function connector(): Connector {
  const open: (() => void)[] = [];
  const timers = new Set<NodeJS.Timeout>();
  return {
    to(access) {
      const { ask, stop } = watchCluster({
        open: accessOpener(access),
        kinds: [],
        clock: () => performance.now() / 1000,
        schedule: (after, does) => {
          const timer = setTimeout(does, after * 1000);
          timers.add(timer);
          return () => clearTimeout(timer);
        },
        onObservation: () => undefined,
        onHealth: () => undefined,
      });
      open.push(stop);
      return ask;
    },
    close: () => {
      for (const stop of open) stop();
      // A limit that was not reached would keep the process for its seconds.
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
