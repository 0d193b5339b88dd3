import type { SceneName } from '../../src/shared/scene.ts';

/** What each of the user's three diagrams calls what takes part, and which edges a hop lights. */
const DIAGRAMS: Readonly<Record<number, Readonly<Record<string, readonly string[]>>>> = {
  5: {
    source: ['Flux'],
    applier: ['Flux'],
    cluster: ['Kubernetes'],
    push: ['User → Git Host work'],
    webhook: ['Git Host → Flux work'],
    fetch: ['Git Host → Flux work'],
    attempt: [],
    apply: ['Flux → Kubernetes work'],
  },
  6: {
    source: ['GitRepository'],
    applier: ['Kustomization'],
    cluster: ['K8s'],
    push: ['User → Git Host work'],
    webhook: ['GitRepository → Git Host work'],
    fetch: ['GitRepository → Git Host work'],
    attempt: ['GitRepository → Kustomization work'],
    apply: ['Kustomization → K8s work'],
  },
  7: {
    receiver: ['Receiver'],
    source: ['GitRepository'],
    applier: ['Kustomization'],
    cluster: ['K8s'],
    push: ['User → Git Host work'],
    webhook: [
      'Git Host → Webhook work',
      'Webhook → Receiver work',
      'Receiver → GitRepository work',
    ],
    fetch: ['GitRepository → Git Host work'],
    attempt: ['GitRepository → Kustomization work'],
    apply: ['Kustomization → K8s work'],
  },
};

/** What is seen of a scene: hops, statuses of what takes part, dots. */
export interface Moments {
  /** Each in this order; what else is seen between them is no matter. */
  order: readonly (readonly string[])[];
  never: readonly string[];
  /** How it stands at the end; all else is ready. */
  end?: string;
}

const TRAVELLED = ['push', 'webhook', 'fetch', 'attempt', 'apply'];

export const MOMENTS: Readonly<Record<SceneName, Moments>> = {
  push: {
    order: [
      [...TRAVELLED, 'cluster ready', 'applier ready'],
      ['applier progressing', 'cluster ready'],
      ['cluster progressing', 'cluster ready'],
      ['dot', 'cluster ready'],
    ],
    never: ['applier failed', 'cluster drifted'],
  },
  drift: {
    order: [
      ['cluster drifted', 'apply', 'cluster progressing', 'cluster ready'],
      ['cluster drifted', 'dot', 'cluster ready'],
    ],
    never: ['push', 'attempt', 'applier failed'],
  },
  scale: {
    order: [
      // Fewer pods are there at once: that they are on their way lasts no frame of a busy page.
      ['cluster drifted', 'apply', 'cluster ready'],
      ['cluster drifted', 'dot', 'cluster ready'],
    ],
    never: ['push', 'attempt', 'applier failed'],
  },
  break: {
    order: [
      ['push', 'webhook', 'fetch', 'attempt', 'applier failed'],
      ['applier progressing', 'applier failed'],
    ],
    never: ['cluster progressing', 'cluster drifted'],
    end: 'applier failed',
  },
  fix: {
    order: [
      [...TRAVELLED, 'applier ready'],
      ['applier progressing', 'applier ready'],
    ],
    never: ['cluster drifted'],
  },
  suspend: {
    order: [['applier suspended']],
    never: ['push', 'apply', 'applier progressing'],
    end: 'applier suspended',
  },
  resume: {
    order: [['applier progressing', 'applier ready']],
    never: ['push', 'applier failed', 'cluster drifted'],
  },
  poll: {
    order: [
      ['push', 'fetch', 'attempt', 'apply', 'cluster ready', 'applier ready'],
      ['cluster progressing', 'cluster ready'],
    ],
    never: ['Webhook → Receiver work', 'Receiver → GitRepository work', 'applier failed'],
  },
};

/** What of the moments a page with this diagram has not shown, or should not have; in words. */
export function missed(
  slide: number,
  { order, never, end }: Moments,
  seen: readonly string[],
  statuses: readonly string[],
): string[] {
  const on = (moment: string) => spelled(slide, moment);
  const orders = order.map((moments) => moments.flatMap(on)).filter((each) => !comes(each, seen));
  const wrong = never.flatMap(on).filter((moment) => seen.includes(moment));
  const ends = end === undefined ? [] : on(end);
  const others = statuses.filter((status) => !status.endsWith(' ready') && !ends.includes(status));
  return [
    ...orders.map((each) => `${slide}: not ${each.join(', ')}`),
    ...wrong.map((each) => `${slide}: ${each}`),
    ...ends.filter((each) => !statuses.includes(each)).map((each) => `${slide}: not now ${each}`),
    ...others.map((each) => `${slide}: now ${each}`),
  ];
}

/** A moment as the diary of a diagram has it; a diagram may have no place for it, or several. */
function spelled(slide: number, moment: string): readonly string[] {
  const [who = '', status] = moment.split(' ');
  const found = DIAGRAMS[slide]?.[who];
  if (!found) return [moment];
  return status === undefined ? found : found.map((label) => `${label} ${status}`);
}

function comes(order: readonly string[], seen: readonly string[]): boolean {
  // One edge may stay lit for two hops in a row.
  const wanted = order.filter((moment, index) => moment !== order[index - 1]);
  let found = 0;
  for (const line of seen) if (line === wanted[found]) found += 1;
  return found === wanted.length;
}
