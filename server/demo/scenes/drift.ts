import { kind } from '../../../src/shared/words.ts';
import { remove, scale as scaleTo } from './api.ts';
import type { Scene } from './scene.ts';
import { isBack, title, unrest } from './standing.ts';

/** How many more replicas somebody thinks that the app needs. */
const MORE = 3;

/** Somebody deletes the workload. Nobody asks Flux: it puts it back when it looks. */
export const drift: Scene = {
  name: 'drift',
  refusal: unrest,
  async act({ ask, parts }) {
    await remove(ask, parts.workload);
    return {};
  },
  ended: isBack,
  limit: 60,
  untilFluxLooks: true,
};

/** Somebody scales the workload by hand. */
export const scale: Scene = {
  name: 'scale',
  refusal(flow, parts) {
    if (kind(parts.workload) !== 'DaemonSet') return unrest(flow, parts);
    return `${title(parts.workload)} runs once on each node: it can’t be scaled.`;
  },
  async act({ ask, parts, flow }) {
    const total = flow.resources.get(parts.workload)?.total ?? 1;
    await scaleTo(ask, parts.workload, total + MORE);
    return {};
  },
  ended: isBack,
  limit: 60,
  untilFluxLooks: true,
};
