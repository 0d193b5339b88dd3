import { observe } from '../../server/cluster/observe.ts';
import { initial } from '../../server/cluster/state.ts';
import { accessOpener } from '../../server/cluster/watch/access.ts';
import { watchCluster } from '../../server/cluster/watch/cluster.ts';
import { KINDS } from '../../server/cluster/watch/kinds.ts';
import type { Timed } from '../../src/shared/event.ts';
import type { Health, Resource } from '../../src/shared/flow.ts';
import { until } from './patience.ts';

/** What the program under test makes of a cluster. */
export interface Product {
  told: readonly Timed[];
  healths: readonly { at: number; health: Health }[];
  /** A resource as last told, or undefined where it is gone. */
  resource: (key: string) => Resource | undefined;
  stop: () => void;
}

/** Watches as the server does; resolves when it is live. @param kubeconfig a viewer's, never an admin's */
export async function watchAsProduct(kubeconfig: string): Promise<Product> {
  const begun = Date.now();
  const clock = () => (Date.now() - begun) / 1000;
  let state = initial(new Date(begun).toISOString());
  const told: Timed[] = [];
  const healths: { at: number; health: Health }[] = [];
  const watch = watchCluster({
    open: accessOpener({ files: [kubeconfig] }),
    kinds: KINDS,
    clock,
    schedule(after, run) {
      const timer = setTimeout(run, after * 1000);
      return () => clearTimeout(timer);
    },
    onObservation(observation) {
      const step = observe(state, observation);
      state = step.state;
      told.push(...step.events.map((event) => ({ at: observation.at, event })));
    },
    onHealth: (health) => healths.push({ at: clock(), health }),
  });
  await until('the product to be live', () => healths.at(-1)?.health.state === 'live', 20);
  return {
    told,
    healths,
    resource: (key) =>
      told.reduce<Resource | undefined>((last, { event }) => {
        if (event.type === 'removed' && event.key === key) return undefined;
        return event.type === 'changed' && event.resource.key === key ? event.resource : last;
      }, undefined),
    stop: watch.stop,
  };
}
