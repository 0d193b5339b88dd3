import { suspend as setSuspended } from './api.ts';
import type { Scene } from './scene.ts';
import { isSuspended, missing, title } from './standing.ts';

/** Flux is told to leave the app alone. */
export const suspend: Scene = {
  name: 'suspend',
  refusal(flow, parts) {
    if (!isSuspended(flow, parts)) return missing(flow, [parts.applier]);
    return `${title(parts.applier)} is suspended already. Run the scene resume.`;
  },
  async act({ ask, parts }) {
    await setSuspended(ask, parts.applier, true);
    return {};
  },
  ended: (flow, { parts }) => isSuspended(flow, parts),
  limit: 15,
};

/** Flux takes the app up again, and catches up with Git. */
export const resume: Scene = {
  name: 'resume',
  refusal(flow, parts) {
    if (isSuspended(flow, parts)) return undefined;
    const gone = missing(flow, [parts.applier]);
    return gone ?? `${title(parts.applier)} is not suspended. Run the scene suspend first.`;
  },
  async act({ ask, parts }) {
    await setSuspended(ask, parts.applier, false);
    return {};
  },
  ended({ resources }, { at, parts }) {
    const applier = resources.get(parts.applier);
    const isSettled = applier?.status === 'ready' || applier?.status === 'failed';
    return isSettled && applier.since > at;
  },
  limit: 60,
};
