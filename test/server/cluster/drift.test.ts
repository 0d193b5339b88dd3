import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  busy,
  deployment,
  flux,
  kustomization,
  object,
  ready,
  STARTED,
  type TestCluster,
  testCluster,
} from '../../helpers/cluster.ts';

const WEB = 'Deployment/default/web';
const kubectl = (...owned: string[]) => [{ manager: 'kubectl', owned, subresource: 'scale' }];

/** A cluster in which the Kustomization `app` has applied the Deployment `web`. */
function applied(metadata: object = {}): TestCluster {
  const cluster = testCluster();
  cluster.see(0, 'ADDED', 'Kustomization', kustomization(busy));
  cluster.see(
    1,
    'MODIFIED',
    'Kustomization',
    kustomization([ready], { metadata: { ...metadata } }),
  );
  cluster.see(1, 'ADDED', 'Deployment', deployment());
  return cluster;
}

function shown(cluster: TestCluster): string {
  const { status, message, ready: running } = cluster.resource(WEB) ?? {};
  return [status ?? 'gone', running, message].filter((part) => part !== undefined).join(' ');
}

describe('a workload has drifted', () => {
  test('when another takes a field that Flux applied, until Flux takes it back', () => {
    const cluster = applied();
    const meddled = deployment({ replicas: 5, owned: ['image'], by: kubectl('replicas') });
    cluster.see(2, 'MODIFIED', 'Deployment', meddled);
    assert.equal(shown(cluster), 'drifted 5 spec.replicas changed by kubectl');
    assert.equal(cluster.resource(WEB)?.next, 61);
    cluster.see(3, 'MODIFIED', 'Deployment', deployment({ wrote: '10:03' }));
    assert.equal(shown(cluster), 'ready 2');
    assert.equal(cluster.pulses().correct, 1);
  });

  test('and its correction was asked for when somebody wanted Flux to look meanwhile', () => {
    const asked = (by: string | undefined, at: number) => {
      const cluster = applied();
      const request = (value: string, manager: string) => {
        const name = 'reconcile.fluxcd.io/requestedAt';
        const fieldsV1 = { 'f:metadata': { 'f:annotations': { [`f:${name}`]: {} } } };
        const metadata = {
          annotations: { [name]: value },
          managedFields: [{ manager, fieldsV1 }],
        };
        return kustomization([ready], { metadata });
      };
      if (by) cluster.see(at, 'MODIFIED', 'Kustomization', request('now', by));
      const meddled = deployment({ replicas: 5, owned: ['image'], by: kubectl('replicas') });
      cluster.see(2, 'MODIFIED', 'Deployment', meddled);
      if (by && at > 2) cluster.see(at, 'MODIFIED', 'Kustomization', request('again', by));
      const told = cluster.see(4, 'MODIFIED', 'Deployment', deployment({ wrote: '10:04' }));
      return told.find((event) => event.type === 'pulse')?.asked ?? false;
    };
    assert.equal(asked('flux', 3), true);
    assert.equal(asked('flux', 1.5), false, 'that was before it drifted');
    assert.equal(asked('notification-controller', 3), false, 'a webhook asks for a commit');
    assert.equal(asked(undefined, 0), false);
  });

  test('until the value is back, also when Flux owns the field before that', () => {
    const cluster = applied();
    const by = [{ manager: 'kubectl-set', owned: ['image'] }];
    cluster.see(
      2,
      'MODIFIED',
      'Deployment',
      deployment({ image: 'web:9', owned: ['replicas'], by }),
    );
    assert.match(shown(cluster), /drifted.*containers\.web\.image changed by kubectl-set/);
    cluster.see(3, 'MODIFIED', 'Deployment', deployment({ image: 'web:9' }));
    assert.match(shown(cluster), /^drifted/);
    assert.equal(cluster.pulses().correct, undefined);
    cluster.see(4, 'MODIFIED', 'Deployment', deployment({ image: 'web:1', wrote: '10:04' }));
    assert.equal(shown(cluster), 'ready 2');
    assert.equal(cluster.pulses().correct, 1);
  });

  test('until Git wants what the other had set', () => {
    const cluster = applied();
    const meddled = { replicas: 5, owned: ['image'], by: kubectl('replicas') };
    cluster.see(2, 'MODIFIED', 'Deployment', deployment(meddled));
    cluster.see(3, 'MODIFIED', 'Deployment', deployment({ replicas: 5, wrote: '10:03' }));
    assert.equal(shown(cluster), 'ready 5');
  });

  test('until the one who changed it changes it back, which corrects nothing', () => {
    const cluster = applied();
    const meddled = (replicas: number) =>
      deployment({ replicas, owned: ['image'], by: kubectl('replicas') });
    cluster.see(2, 'MODIFIED', 'Deployment', meddled(5));
    cluster.see(3, 'MODIFIED', 'Deployment', meddled(2));
    assert.equal(shown(cluster), 'ready 2');
    cluster.see(4, 'MODIFIED', 'Deployment', meddled(7));
    assert.match(shown(cluster), /^drifted 7/);
    assert.equal(cluster.pulses().correct, undefined);
  });

  test('also when Flux had applied it once more while nobody watched', () => {
    const cluster = applied();
    const meddled = { replicas: 5, owned: ['image'], by: kubectl('replicas'), wrote: '10:02' };
    cluster.see(2, 'LIST', 'Deployment', deployment(meddled));
    assert.match(shown(cluster), /^drifted 5/);
  });

  test('when a field is taken out of it', () => {
    const cluster = applied();
    cluster.see(2, 'MODIFIED', 'Deployment', deployment({ replicas: 1, owned: ['image'] }));
    assert.match(shown(cluster), /^drifted 1 spec\.replicas changed/);
  });
});

describe('a workload has not drifted', () => {
  test('when Flux itself gives a field up', () => {
    const cluster = applied();
    cluster.see(2, 'MODIFIED', 'Deployment', deployment({ owned: ['image'], wrote: '10:02' }));
    assert.equal(shown(cluster), 'ready 2');
  });

  test('when Flux gives up a field that another had shared', () => {
    const cluster = applied();
    cluster.see(2, 'MODIFIED', 'Deployment', deployment({ by: kubectl('replicas') }));
    const given = deployment({ owned: ['image'], by: kubectl('replicas'), wrote: '10:03' });
    cluster.see(3, 'MODIFIED', 'Deployment', given);
    const scaled = { replicas: 5, owned: ['image'], by: kubectl('replicas'), wrote: '10:03' };
    cluster.see(4, 'MODIFIED', 'Deployment', deployment(scaled));
    assert.equal(shown(cluster), 'ready 5');
  });

  test('when another changes a field that Flux never set', () => {
    const cluster = testCluster();
    cluster.see(1, 'ADDED', 'Deployment', deployment({ owned: ['image'] }));
    const scaled = deployment({ replicas: 5, owned: ['image'], by: kubectl('replicas') });
    cluster.see(2, 'MODIFIED', 'Deployment', scaled);
    assert.equal(shown(cluster), 'ready 5');
  });

  test('when Flux applies another value', () => {
    const cluster = applied();
    cluster.see(2, 'MODIFIED', 'Deployment', deployment({ image: 'web:2', wrote: '10:02' }));
    assert.equal(shown(cluster), 'ready 2');
  });
});

describe('a workload that is deleted', () => {
  const back = () => deployment({ wrote: '10:09' }, { uid: 'another' });

  test('is missed while its Kustomization rests, and corrected when it is back', () => {
    const cluster = applied();
    cluster.see(2, 'DELETED', 'Deployment', deployment());
    assert.equal(shown(cluster), 'drifted 0 deleted');
    assert.equal(cluster.resource(WEB)?.next, 61);
    cluster.see(60, 'MODIFIED', 'Kustomization', kustomization(busy));
    cluster.see(60.2, 'ADDED', 'Deployment', back());
    assert.equal(shown(cluster), 'ready 2');
    assert.equal(cluster.pulses().correct, 1);
  });

  test('counts down again when a reconcile has not put it back', () => {
    const cluster = applied();
    cluster.see(2, 'DELETED', 'Deployment', deployment());
    cluster.see(60, 'MODIFIED', 'Kustomization', kustomization(busy));
    assert.equal(cluster.resource(WEB)?.next, undefined);
    cluster.see(61, 'MODIFIED', 'Kustomization', kustomization([ready]));
    assert.equal(cluster.resource(WEB)?.next, 121);
  });

  test('has no countdown while its Kustomization is suspended', () => {
    const cluster = applied();
    const suspended = kustomization([ready], { spec: { interval: '1m', suspend: true } });
    cluster.see(2, 'MODIFIED', 'Kustomization', suspended);
    cluster.see(3, 'DELETED', 'Deployment', deployment());
    assert.equal(shown(cluster), 'drifted 0 deleted');
    assert.equal(cluster.resource(WEB)?.next, undefined);
  });

  test('is gone when its Kustomization is not there, is terminating or no longer lists it', () => {
    const without = { status: { inventory: { entries: [] } } };
    for (const owner of [
      undefined,
      kustomization([ready], { metadata: { deletionTimestamp: 'now' } }),
      kustomization([ready], without),
    ]) {
      const cluster = testCluster();
      if (owner) cluster.see(1, 'ADDED', 'Kustomization', owner);
      cluster.see(1, 'ADDED', 'Deployment', deployment());
      cluster.see(2, 'DELETED', 'Deployment', deployment());
      assert.equal(shown(cluster), 'gone');
    }
  });

  test('is gone also when that comes to be known later', () => {
    for (const later of [
      (cluster: TestCluster) => cluster.see(3, 'DELETED', 'Kustomization', kustomization([ready])),
      (cluster: TestCluster) =>
        cluster.see(
          3,
          'MODIFIED',
          'Kustomization',
          kustomization(busy, { status: { inventory: {} } }),
        ),
    ]) {
      const cluster = applied();
      cluster.see(2, 'DELETED', 'Deployment', deployment());
      assert.match(shown(cluster), /^drifted/);
      later(cluster);
      assert.equal(shown(cluster), 'gone');
    }
  });

  test('during a reconcile is undecided until the inventory is written: then pruned …', () => {
    const cluster = pruning();
    const inventory = { entries: [] };
    cluster.see(4, 'MODIFIED', 'Kustomization', kustomization([ready], { status: { inventory } }));
    assert.equal(shown(cluster), 'gone');
  });

  test('… or missed', () => {
    const cluster = pruning();
    cluster.see(4, 'MODIFIED', 'Kustomization', kustomization([ready]));
    assert.equal(shown(cluster), 'terminating 0', 'conditions are written before the inventory is');
    const history = [{ totalReconciliations: 2 }];
    cluster.see(4.1, 'MODIFIED', 'Kustomization', kustomization([ready], { status: { history } }));
    assert.equal(shown(cluster), 'drifted 0 deleted');
  });

  test('… or replaced, which corrects only what no new revision asked for', () => {
    const replaced = pruning({ lastAttemptedRevision: 'two' });
    replaced.see(4, 'ADDED', 'Deployment', back());
    assert.equal(replaced.pulses().correct, undefined);
    const missed = pruning();
    missed.see(4, 'ADDED', 'Deployment', back());
    assert.equal(missed.pulses().correct, 1);
    assert.equal(shown(missed), 'ready 2');
  });

  /** The workload goes while its Kustomization is at work. */
  function pruning(status: object = {}): TestCluster {
    const cluster = applied();
    cluster.see(2, 'MODIFIED', 'Kustomization', kustomization(busy, { status: { ...status } }));
    cluster.see(3, 'DELETED', 'Deployment', deployment());
    assert.equal(shown(cluster), 'terminating 0');
    return cluster;
  }
});

describe('when Flux looks again', () => {
  const next = (cluster: TestCluster) => cluster.resource('Kustomization/default/app')?.next;

  test('is an interval after the reconcile that was seen to end', () => {
    assert.equal(next(applied()), 61);
  });

  test('is an interval after the last in its history, when nobody saw it end', () => {
    const cluster = testCluster();
    const lastReconciled = new Date(Date.parse(STARTED) - 15_000).toISOString();
    const status = { history: [{ lastReconciled }] };
    cluster.see(0, 'LIST', 'Kustomization', kustomization([ready], { status }));
    assert.equal(next(cluster), 45);
  });

  test('is sooner after a failure, and unknown while it waits, is suspended or is at it', () => {
    const cluster = testCluster();
    const spec = { interval: '1h', retryInterval: '1m30s' };
    const failed = { type: 'Ready', status: 'False', reason: 'BuildFailed' } as const;
    cluster.see(0, 'ADDED', 'Kustomization', kustomization(busy, { spec }));
    assert.equal(next(cluster), undefined);
    cluster.see(5, 'MODIFIED', 'Kustomization', kustomization([failed], { spec }));
    assert.equal(next(cluster), 95);
    const waits = { ...failed, reason: 'DependencyNotReady' };
    cluster.see(6, 'MODIFIED', 'Kustomization', kustomization([waits], { spec }));
    assert.equal(next(cluster), undefined);
    const suspended = kustomization([ready], { spec: { ...spec, suspend: true } });
    cluster.see(7, 'MODIFIED', 'Kustomization', suspended);
    assert.equal(next(cluster), undefined);
  });
});

test('a drifted workload has no countdown when its HelmRelease does not look for drift', () => {
  const group = 'helm.toolkit.fluxcd.io';
  const labels = { [`${group}/name`]: 'app', [`${group}/namespace`]: 'default' };
  for (const [mode, next] of [
    ['enabled', 61],
    ['warn', undefined],
  ] as const) {
    const cluster = testCluster();
    const spec = { interval: '1m', driftDetection: { mode } };
    cluster.see(0, 'ADDED', 'HelmRelease', flux(busy, { spec }));
    cluster.see(1, 'MODIFIED', 'HelmRelease', flux([ready], { spec }));
    cluster.see(1, 'ADDED', 'Deployment', deployment({}, { labels }));
    cluster.see(2, 'DELETED', 'Deployment', deployment({}, { labels }));
    assert.equal(shown(cluster), 'drifted 0 deleted');
    assert.equal(cluster.resource(WEB)?.next, next);
  }
});

test('a Kustomization that applies itself is owned by none', () => {
  const cluster = testCluster();
  const group = 'kustomize.toolkit.fluxcd.io';
  const labels = { [`${group}/name`]: 'app', [`${group}/namespace`]: 'default' };
  cluster.see(1, 'ADDED', 'Kustomization', kustomization([ready], { metadata: { labels } }));
  assert.equal(cluster.resource('Kustomization/default/app')?.owner, undefined);
  cluster.see(2, 'ADDED', 'GitRepository', flux([ready], { metadata: { labels } }));
  const owner = cluster.resource('GitRepository/default/app')?.owner;
  assert.equal(owner, 'Kustomization/default/app');
});

test('a list that broke off does not vouch for what it had', () => {
  const cluster = applied();
  cluster.see(2, 'LIST', 'Kustomization', kustomization([ready]));
  cluster.see(2, 'ERROR', 'Kustomization', { code: 500 });
  cluster.see(3, 'LISTED', 'Kustomization');
  assert.equal(cluster.resource('Kustomization/default/app'), undefined);
});

test('what no API server would send changes nothing', () => {
  const cluster = testCluster();
  for (const sent of [
    undefined,
    null,
    'text',
    [],
    {},
    { metadata: 'x' },
    { metadata: { name: 1 } },
  ]) {
    cluster.observe({ at: 1, type: 'watch', kind: 'Deployment', change: 'ADDED', object: sent });
  }
  assert.deepEqual(cluster.told, []);
  const managedFields = [{ manager: 'kustomize-controller', fieldsV1: { 'k:{': { 'v:': {} } } }];
  const { metadata } = deployment({}, { managedFields }) as { metadata: object };
  cluster.see(2, 'ADDED', 'Deployment', object('web', { spec: 1, status: [] }, { ...metadata }));
  assert.equal(shown(cluster), 'progressing 0');
});
