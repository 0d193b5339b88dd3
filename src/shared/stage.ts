import type { FlowEvent, Pulse, Role } from './flow.ts';

/** The way of a change from the user to the cluster, in causal order: one dot each. */
export const STAGES = [
  'pushed',
  'delivered',
  'received',
  'notified',
  'polled',
  'fetched',
  'attempted',
  'applied',
] as const;

/** Before all stages: no dot leads there. */
const NONE = -1;

type Stage = (typeof STAGES)[number];

/** Which stage a pulse is, as its place among them. */
export function stageOf(pulse: Pulse): number {
  return STAGES.indexOf(nameOf(pulse));
}

/**
 * Between which stages a change is shown. `first` is the last one whose dots come by other
 * streams and may be told late; `last` is the last one that leads to the change.
 */
export function leadsTo(event: Exclude<FlowEvent, Pulse>): { first: number; last: number } {
  switch (event.type) {
    case 'changed': {
      const [first, last = first] = LEADS[event.resource.role];
      return { first: STAGES.indexOf(first), last: STAGES.indexOf(last) };
    }
    case 'commit':
      return { first: 0, last: 0 };
    case 'removed':
      return { first: STAGES.length - 1, last: STAGES.length - 1 };
    case 'notice':
    case 'health':
    case 'position':
    case 'marker':
      return { first: NONE, last: NONE };
    default:
      return event satisfies never;
  }
}

const LEADS: Readonly<Record<Role, readonly [first: Stage, last?: Stage]>> = {
  user: ['pushed'],
  git: ['pushed'],
  webhook: ['delivered'],
  receiver: ['received'],
  source: ['notified', 'fetched'],
  applier: ['fetched', 'attempted'],
  flux: ['attempted'],
  cluster: ['applied'],
};

function nameOf({ why, to }: Pulse): Stage {
  switch (why) {
    case 'push':
      return 'pushed';
    case 'webhook':
      return to === 'webhook' ? 'delivered' : to === 'receiver' ? 'received' : 'notified';
    case 'poll':
      return 'polled';
    case 'fetch':
      return 'fetched';
    case 'attempt':
      return 'attempted';
    case 'apply':
    case 'correct':
      return 'applied';
    default:
      return why satisfies never;
  }
}
