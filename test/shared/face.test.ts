import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Binding } from '../../src/shared/binding.ts';
import { face } from '../../src/shared/face.ts';
import type { Flow, Resource, Role, Seconds, Status } from '../../src/shared/flow.ts';

const NEW = 'main@sha1:f28b489aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const OLD = 'main@sha1:0e5367bdcb4cca048554c766c0c32bc73720f50f';

function source(status: Status, more: Partial<Resource> = {}): Resource {
  return { key: 'GitRepository/a/podinfo', role: 'source', status, since: 0, ...more };
}
function applier(status: Status, more: Partial<Resource> = {}): Resource {
  return { key: 'Kustomization/a/podinfo', role: 'applier', status, since: 0, ...more };
}
function workload(status: Status, more: Partial<Resource> = {}): Resource {
  return { key: 'Deployment/a/podinfo', role: 'cluster', status, since: 0, ...more };
}

function flow(resources: readonly Resource[], more: Partial<Flow> = {}): Flow {
  return {
    resources: new Map(resources.map((resource) => [resource.key, resource])),
    health: { state: 'live', text: 'live' },
    lines: [],
    pulses: [],
    facts: new Map(),
    ...more,
  };
}

/** `sign | second line, fullest to shortest | for those who do not see it | next change` */
function told(binding: Binding, known: Flow, now: Seconds): string {
  const { sign, fact, label, next } = face(known, binding, now);
  return [sign ?? '', fact.join(' / '), label, next ?? ''].join(' | ').trim();
}

const one: { role: Role; resource: Resource; says: string }[] = [
  {
    role: 'source',
    resource: source('ready', { revision: NEW }),
    says: 'ready | main@f28b489 / f28b489 | ready, main@f28b489 |',
  },
  {
    role: 'source',
    resource: source('progressing', { revision: OLD }),
    says: 'progressing | fetching | progressing, fetching |',
  },
  {
    role: 'source',
    resource: source('failed', { reason: 'GitOperationFailed', revision: OLD }),
    says: 'failed | Git cannot be read / fetch failed / failed | failed, Git cannot be read |',
  },
  {
    role: 'source',
    resource: source('ready', { key: 'HelmChart/a/cafe', revision: '0.2.0+00da90a924a8' }),
    says: 'ready | 0.2.0+00da90a924a8 / 0.2.0 | ready, 0.2.0+00da90a924a8 |',
  },
  {
    role: 'applier',
    resource: applier('ready', { revision: NEW }),
    says: 'ready | applied f28b489 | ready, applied f28b489 |',
  },
  {
    role: 'applier',
    resource: applier('ready', { revision: NEW, checking: true }),
    says: 'ready | applied f28b489 | ready, applied f28b489, checking |',
  },
  {
    role: 'applier',
    resource: applier('progressing', { revision: OLD, attempted: NEW }),
    says: 'progressing | applying f28b489 / applying | progressing, applying f28b489 |',
  },
  {
    role: 'applier',
    resource: applier('progressing', { revision: NEW, attempted: NEW }),
    says: 'progressing | reconciling | progressing, reconciling |',
  },
  {
    role: 'applier',
    resource: applier('waiting', {
      reason: 'DependencyNotReady',
      message: "dependency 'flux-system/backend' is not ready",
    }),
    says: 'waiting | waiting for backend / needs backend / waiting | waiting for backend |',
  },
  {
    role: 'applier',
    resource: applier('waiting', { reason: 'ArtifactFailed', message: 'not found, retrying' }),
    says: 'waiting | waiting for its source / no artifact yet | waiting for its source |',
  },
  {
    role: 'applier',
    resource: applier('failed', { reason: 'BuildFailed' }),
    says: 'failed | build failed / failed | build failed |',
  },
  {
    role: 'applier',
    resource: applier('failed', { reason: 'HealthCheckFailed' }),
    says: 'failed | health check failed / unhealthy / failed | health check failed |',
  },
  {
    role: 'applier',
    resource: applier('suspended', { revision: OLD }),
    says: 'suspended | suspended at 0e5367b / suspended | suspended at 0e5367b |',
  },
  {
    role: 'applier',
    resource: applier('terminating'),
    says: 'terminating | being deleted | terminating, being deleted |',
  },
  { role: 'applier', resource: applier('unknown'), says: 'unknown | unknown | unknown |' },
  {
    role: 'receiver',
    resource: { key: 'Receiver/a/push', role: 'receiver', status: 'ready', since: 0 },
    says: 'ready | listening | ready, listening |',
  },
  {
    role: 'cluster',
    resource: workload('ready', { ready: 3, total: 3 }),
    says: 'ready | 3 of 3 ready | 3 of 3 ready |',
  },
  {
    role: 'cluster',
    resource: workload('ready', { ready: 0, total: 0 }),
    says: 'ready | scaled to zero | ready, scaled to zero |',
  },
  {
    role: 'cluster',
    resource: workload('ready', { ready: 5, total: 2 }),
    says: 'ready | scaling down | ready, scaling down |',
  },
  {
    role: 'cluster',
    resource: workload('progressing', { ready: 2, total: 3 }),
    says: 'progressing | 2 of 3 ready | progressing, 2 of 3 ready |',
  },
  {
    role: 'cluster',
    resource: workload('progressing', { ready: 3, total: 3 }),
    says: 'progressing | rolling out | progressing, rolling out |',
  },
  {
    role: 'cluster',
    resource: workload('drifted', { ready: 0, total: 3, next: 22 }),
    says: 'drifted | drifted, Flux looks in 12 s / drifted, 12 s left / drifted · 12 s / drifted | drifted, Flux looks in 12 s | 11',
  },
  {
    role: 'cluster',
    resource: workload('drifted', { ready: 0, total: 3, next: 9 }),
    says: 'drifted | drifted | drifted |',
  },
  {
    role: 'cluster',
    resource: workload('failed', { ready: 2, total: 3, reason: 'ProgressDeadlineExceeded' }),
    says: 'failed | rollout takes too long / rollout is stuck / failed | failed, rollout takes too long |',
  },
];

for (const { role, resource, says } of one) {
  test(`${resource.role} ${resource.status} ${resource.reason ?? ''} says: ${says}`, () => {
    assert.equal(told({ role }, flow([resource]), 10), says);
  });
}

test('before anything is known a node is plain, whatever the feed', () => {
  for (const state of ['live', 'recorded', 'stale'] as const) {
    const known = flow([], { health: { state, text: state } });
    for (const role of ['source', 'applier', 'flux', 'cluster', 'user'] as const)
      assert.equal(told({ role }, known, 10), '|  |  |');
  }
});

test('the worst of many decides, and is counted', () => {
  const many = [
    applier('ready', { key: 'Kustomization/a/one' }),
    applier('progressing', { key: 'Kustomization/a/two' }),
    applier('waiting', { key: 'Kustomization/a/three' }),
    applier('failed', { key: 'Kustomization/a/four' }),
    workload('drifted', { key: 'Deployment/a/five' }),
  ];
  const expected = ['4 of 4 ready', '1 of 4 applying', '1 of 4 waiting', '1 of 4 failed'];
  const statuses = ['ready', 'progressing', 'waiting', 'failed'] as const;
  statuses.forEach((status, worst) => {
    const known = flow(
      many.map((resource, i) => ({ ...resource, status: i > worst ? 'ready' : resource.status })),
    );
    const { sign, fact } = face(known, { role: 'applier' }, 0);
    assert.deepEqual([sign, ...fact], [status, expected[worst]]);
  });
});

test('severity: failed, drifted, waiting, progressing, terminating, suspended, unknown, ready', () => {
  const order: Status[] = [
    'failed',
    'drifted',
    'waiting',
    'progressing',
    'terminating',
    'suspended',
    'unknown',
    'ready',
  ];
  order.forEach((status, i) => {
    const rest = order.slice(i).map((each) => workload(each, { key: `Deployment/a/${each}` }));
    assert.equal(face(flow(rest.reverse()), { role: 'cluster' }, 0).status, status);
  });
});

test('pods of many workloads are counted together', () => {
  const known = flow([
    workload('ready', { key: 'Deployment/a/one', ready: 2, total: 2 }),
    workload('progressing', { key: 'Deployment/a/two', ready: 1, total: 3 }),
  ]);
  assert.equal(
    told({ role: 'cluster' }, known, 0),
    'progressing | 3 of 5 ready | progressing, 3 of 5 ready |',
  );
});

test('the countdown is that of the workload that is looked at first', () => {
  const known = flow([
    workload('drifted', { key: 'Deployment/a/one', next: 40.5 }),
    workload('drifted', { key: 'Deployment/a/two', next: 30.5 }),
  ]);
  assert.deepEqual(face(known, { role: 'cluster' }, 10).fact[1], 'drifted, 21 s left');
  assert.equal(face(known, { role: 'cluster' }, 10).next, 10.5);
});

test('Flux says what it applies, and what it fetches only when that is worse', () => {
  const flux: Binding = { role: 'flux' };
  const applied = applier('ready', { revision: NEW });
  const fetched = source('ready', { revision: NEW });
  assert.equal(face(flow([fetched, applied]), flux, 0).fact[0], 'applied f28b489');
  assert.equal(face(flow([source('progressing'), applied]), flux, 0).fact[0], 'fetching');
  assert.equal(face(flow([fetched]), flux, 0).fact[0], 'main@f28b489');
});

test('user, git and webhook have no status, but a fact with its age', () => {
  const facts = new Map([
    ['user', { at: 8, text: 'pushed' }],
    ['git', { at: 7.5, text: '“Raise the number of replicas”' }],
    ['webhook', { at: 9.5, text: 'delivered' }],
  ] as const);
  const known = flow([], { facts });
  assert.equal(
    told({ role: 'user' }, known, 10),
    '| pushed 2 s ago / pushed | pushed 2 s ago | 11',
  );
  assert.equal(
    told({ role: 'git' }, known, 10),
    '| “Raise the number of replicas” 2 s ago / “Raise the number of replicas” / “Raise the num…” | “Raise the number of replicas” 2 s ago | 10.5',
  );
  assert.equal(
    told({ role: 'webhook' }, known, 10),
    '| delivered just now / delivered | delivered just now | 10.5',
  );
  assert.equal(
    told({ role: 'user' }, known, 200),
    '| pushed 3 min ago / pushed | pushed 3 min ago | 248',
  );
});

test('a receiver that is ready says what it did; one that is not says why', () => {
  const facts = new Map([['receiver', { at: 8, text: 'notified' }]] as const);
  const receiver = { key: 'Receiver/a/push', role: 'receiver', since: 0 } as const;
  const binding: Binding = { role: 'receiver' };
  const ready = flow([{ ...receiver, status: 'ready' }], { facts });
  const failed = flow([{ ...receiver, status: 'failed', reason: 'TokenNotFound' }], { facts });
  assert.equal(face(ready, binding, 10).fact[0], 'notified 2 s ago');
  assert.equal(face(failed, binding, 10).fact[0], 'token not found');
});

test('stale lies over every status, and never says that it is so now', () => {
  for (const status of ['ready', 'failed', 'drifted', 'progressing'] as const) {
    const known = flow([workload(status, { ready: 3, total: 3, next: 60, checking: true })], {
      health: { state: 'stale', text: 'connection lost' },
    });
    const { checking, stale, ...shown } = face(known, { role: 'cluster' }, 10);
    assert.deepEqual({ checking, stale }, { checking: false, stale: true });
    assert.deepEqual(shown, {
      status,
      sign: 'stale',
      fact: [`last seen ${status}`, `was ${status}`],
      label: `not watched now, last seen ${status}`,
    });
  }
});

test('only what the lost watch feeds is stale', () => {
  const known = flow([source('ready'), workload('ready')], {
    health: { state: 'stale', kinds: ['Deployment'], text: 'Deployments are not watched' },
  });
  assert.equal(face(known, { role: 'cluster' }, 0).sign, 'stale');
  assert.equal(face(known, { role: 'source' }, 0).sign, 'ready');
});

test('a face changes at the moments it names and at no other', () => {
  const known = flow([workload('drifted', { next: 13.25 })], {
    facts: new Map([['git', { at: -0.4, text: 'f28b489' }]] as const),
  });
  for (const role of ['cluster', 'git'] as const) {
    let shown = face(known, { role }, 0);
    for (let tick = 1; tick < 1400; tick++) {
      const now = tick / 100;
      const next = face(known, { role }, now);
      const due = shown.next !== undefined && now >= shown.next;
      assert.equal(next.fact[0] !== shown.fact[0], due, `${role} at ${now}`);
      if (due) shown = next;
    }
  }
});

test('a countdown and an age arrive at each moment that they name', () => {
  const known = flow([workload('drifted', { next: 40.1 })], {
    facts: new Map([['git', { at: 0.1, text: 'f28b489' }]] as const),
  });
  for (const role of ['cluster', 'git'] as const) {
    let now = 0.3;
    for (let second = 0; second < 39; second++) {
      const shown = face(known, { role }, now);
      assert.ok(shown.next !== undefined && shown.next > now, `${role} at ${now}`);
      now = shown.next;
      assert.notEqual(face(known, { role }, now).fact[0], shown.fact[0], `${role} at ${now}`);
    }
  }
});

test('equal flows have equal faces, in whatever order they came to be', () => {
  const all = [source('ready', { revision: NEW }), applier('failed'), workload('ready')];
  for (const role of ['source', 'applier', 'flux', 'cluster'] as const)
    assert.deepEqual(face(flow(all), { role }, 3), face(flow(all.toReversed()), { role }, 3));
});

test('every fact has a form for the smallest node', () => {
  for (const { role, resource } of one) {
    const shortest = face(flow([resource]), { role }, 10).fact.at(-1) ?? '';
    assert.ok(shortest.length <= 16, shortest);
  }
});

const COMMITS = [{ at: 0, revision: NEW.slice(-40), subject: 'Say hello' }];

test('a revision whose commit is known says its subject first, its hash second', () => {
  const known = (resource: Resource) => flow([resource], { commits: COMMITS });
  const shown = (resource: Resource) => face(known(resource), { role: resource.role }, 0);
  const stored = shown(source('ready', { revision: NEW }));
  assert.deepEqual(stored.fact, ['“Say hello” · f28b489', '“Say hello”']);
  assert.equal(stored.label, 'ready, “Say hello” · f28b489');
  assert.deepEqual(shown(applier('ready', { revision: NEW })).fact, [
    '“Say hello” · f28b489',
    '“Say hello”',
  ]);
  assert.deepEqual(shown(applier('progressing', { revision: OLD, attempted: NEW })).fact, [
    'applying “Say hello” · f28b489',
    'applying “Say hello”',
    'applying f28b489',
  ]);
});

test('a revision of another commit, or a version, is told by itself', () => {
  const known = (revision: string) => flow([source('ready', { revision })], { commits: COMMITS });
  assert.equal(face(known(OLD), { role: 'source' }, 0).fact[0], 'main@0e5367b');
  assert.equal(face(known('6.15.0'), { role: 'source' }, 0).fact[0], '6.15.0');
});
