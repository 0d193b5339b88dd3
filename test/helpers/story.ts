import type { Timed } from '../../src/shared/event.ts';
import type { FlowEvent, Pulse, Resource, Seconds } from '../../src/shared/flow.ts';

/** Small words to tell a run with, as the cluster of the webinar does. */
export const A3DEEC7 = 'main@sha1:a3deec73fd3df985b09e2419cbecdfa0c70af3ea';
export const SOURCE = 'GitRepository/flux-system/podinfo';
export const APPLIER = 'Kustomization/flux-system/podinfo';
export const WORKLOAD = 'Deployment/podinfo/podinfo';
export const RECEIVER = 'Receiver/flux-system/podinfo';

export function on(at: Seconds, event: FlowEvent): Timed {
  return { at, event };
}

export function source(more: Partial<Resource> = {}): FlowEvent {
  return changed({ key: SOURCE, role: 'source', status: 'ready', since: 0, ...more });
}

export function applier(more: Partial<Resource> = {}): FlowEvent {
  return changed({ key: APPLIER, role: 'applier', status: 'ready', since: 0, ...more });
}

export function workload(more: Partial<Resource> = {}): FlowEvent {
  const all = { ready: 2, total: 2 };
  return changed({ key: WORKLOAD, role: 'cluster', status: 'ready', since: 0, ...all, ...more });
}

export function changed(resource: Resource): FlowEvent {
  return { type: 'changed', resource };
}

export function pulse(
  why: Pulse['why'],
  from: Pulse['from'],
  to: Pulse['to'],
  more: Partial<Pulse> = {},
): Pulse {
  return { type: 'pulse', from, to, why, ...more };
}

/** A push as the webinar's cluster saw it, its streams in the order of their own clocks. */
export function aPush(): Timed[] {
  const revision = A3DEEC7;
  return [
    on(14.87, { type: 'marker', name: 'push' }),
    on(14.982, { type: 'commit', revision, subject: 'Say hello to the webinar' }),
    on(14.982, pulse('push', 'user', 'git', { revision })),
    on(15.115, pulse('webhook', 'git', 'webhook')),
    on(15.115, pulse('webhook', 'webhook', 'receiver')),
    on(15.115, pulse('webhook', 'receiver', 'source', { key: SOURCE })),
    on(15.125, source({ status: 'progressing', since: 15.125 })),
    on(15.147, pulse('poll', 'source', 'git')),
    on(15.235, source({ revision, since: 15.235 })),
    on(15.235, pulse('fetch', 'git', 'source', { key: SOURCE, revision })),
    on(15.244, applier({ status: 'progressing', since: 15.244 })),
    on(15.273, pulse('attempt', 'source', 'applier', { key: APPLIER, revision })),
    on(15.501, workload({ status: 'progressing', since: 15.501 })),
    on(15.676, workload({ status: 'progressing', ready: 3, total: 3, since: 15.501 })),
    on(15.827, workload({ since: 15.827 })),
    on(20.614, applier({ revision, since: 20.614 })),
    on(20.614, pulse('apply', 'applier', 'cluster', { key: APPLIER, revision })),
  ];
}
