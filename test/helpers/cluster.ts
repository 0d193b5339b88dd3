import type { GitHappening, Observation, Watched } from '../../server/cluster/observation.ts';
import { observe } from '../../server/cluster/observe.ts';
import { initial } from '../../server/cluster/state.ts';
import type { Timed } from '../../src/shared/event.ts';
import type { FlowEvent, Resource, Seconds } from '../../src/shared/flow.ts';

export const STARTED = '2026-11-22T15:00:00.000Z';

type Fields = Record<string, unknown>;

export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
}

/** A cluster that a test makes things happen in, and what was told of them. */
export interface TestCluster {
  see(at: Seconds, change: Watched['change'], kind: string, object?: Fields): FlowEvent[];
  git(at: Seconds, happened: GitHappening, repository?: string): FlowEvent[];
  observe(observation: Observation): FlowEvent[];
  /** All that was told so far. */
  told: Timed[];
  /** The resource as last told, or undefined when it is gone. */
  resource(key: string): Resource | undefined;
  /** How often something travelled, by its reason; of a webhook the last hop. */
  pulses(): Record<string, number>;
}

export function testCluster(): TestCluster {
  let state = initial(STARTED);
  const told: Timed[] = [];
  const cluster: TestCluster = {
    told,
    observe(observation) {
      const step = observe(state, observation);
      state = step.state;
      told.push(...step.events.map((event) => ({ at: observation.at, event })));
      return step.events;
    },
    see: (at, change, kind, object) =>
      cluster.observe({ at, type: 'watch', change, kind, ...(object && { object }) }),
    git: (at, happened, repository = 'podinfo.git') =>
      cluster.observe({ at, type: 'git', happened, repository }),
    resource: (key) =>
      told.reduce<Resource | undefined>((last, { event }) => {
        if (event.type === 'removed' && event.key === key) return undefined;
        return event.type === 'changed' && event.resource.key === key ? event.resource : last;
      }, undefined),
    pulses() {
      const counts: Record<string, number> = {};
      for (const { event } of told) {
        if (event.type !== 'pulse' || (event.from === 'git' && event.why === 'webhook')) continue;
        if (event.from === 'webhook') continue;
        counts[event.why] = (counts[event.why] ?? 0) + 1;
      }
      return counts;
    },
  };
  return cluster;
}

let versions = 0;

/** An object as the API server sends it; each has a resourceVersion of its own. */
export function object(name: string, more: Fields = {}, metadata: Fields = {}): Fields {
  versions += 1;
  return {
    metadata: {
      name,
      namespace: 'default',
      uid: name,
      resourceVersion: `${versions}`,
      generation: 1,
      ...metadata,
    },
    spec: {},
    ...more,
  };
}

/** A Flux object whose generation is observed, with these conditions. */
export function flux(
  conditions: Condition[],
  {
    spec = {},
    status = {},
    metadata = {},
  }: { spec?: Fields; status?: Fields; metadata?: Fields } = {},
): Fields {
  return object(
    'app',
    { spec, status: { observedGeneration: 1, conditions, ...status } },
    metadata,
  );
}

export const ready: Condition = { type: 'Ready', status: 'True', reason: 'Succeeded' };
export const busy: Condition[] = [
  { type: 'Ready', status: 'Unknown', reason: 'Progressing' },
  { type: 'Reconciling', status: 'True', reason: 'Progressing' },
];

/** A Kustomization `app` that has applied a Deployment `web`. */
export function kustomization(
  conditions: Condition[],
  { status = {}, ...more }: { spec?: Fields; status?: Fields; metadata?: Fields } = {},
): Fields {
  const inventory = { entries: [{ id: 'default_web_apps_Deployment', v: 'v1' }] };
  return flux(conditions, {
    spec: { interval: '1m' },
    status: { lastAppliedRevision: 'one', lastAttemptedRevision: 'one', inventory, ...status },
    ...more,
  });
}

/** The Deployment `web`, rolled out. `wrote` is when kustomize-controller last applied it. */
export function deployment(
  {
    replicas = 2,
    image = 'web:1',
    wrote = '10:00',
    owned = ['replicas', 'image'],
    by = [],
  }: {
    replicas?: number;
    image?: string;
    wrote?: string;
    owned?: string[];
    by?: { manager: string; owned: string[]; subresource?: string }[];
  } = {},
  metadata: Fields = {},
): Fields {
  const group = 'kustomize.toolkit.fluxcd.io';
  const entry = (manager: string, names: string[], subresource?: string) => ({
    manager,
    time: manager === 'kustomize-controller' ? wrote : '11:11',
    ...(subresource && { subresource }),
    fieldsV1: {
      'f:spec': {
        ...(names.includes('replicas') && { 'f:replicas': {} }),
        'f:template': {
          'f:spec': {
            'f:containers': {
              'k:{"name":"web"}': {
                '.': {},
                ...(names.includes('image') && { 'f:image': {} }),
              },
            },
          },
        },
      },
    },
  });
  return object(
    'web',
    {
      spec: { replicas, template: { spec: { containers: [{ name: 'web', image }] } } },
      status: { observedGeneration: 1, updatedReplicas: 9, readyReplicas: replicas },
    },
    {
      labels: { [`${group}/name`]: 'app', [`${group}/namespace`]: 'default' },
      managedFields: [
        entry('kustomize-controller', owned),
        ...by.map((other) => entry(other.manager, other.owned, other.subresource)),
      ],
      ...metadata,
    },
  );
}
