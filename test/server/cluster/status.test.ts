import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type Condition,
  deployment,
  flux,
  object,
  ready,
  testCluster,
} from '../../helpers/cluster.ts';

const stalled: Condition = { type: 'Stalled', status: 'True', reason: 'InvalidCELExpression' };
const unknown: Condition = { type: 'Ready', status: 'Unknown', reason: 'Progressing' };
const reconciling: Condition = { type: 'Reconciling', status: 'True', reason: 'Progressing' };
const pending = { annotations: { 'reconcile.fluxcd.io/requestedAt': 'now' } };
const applied = { lastAttemptedRevision: 'one', lastAppliedRevision: 'one' };
const behind = { lastAttemptedRevision: 'two', lastAppliedRevision: 'one' };

function failed(reason: string, message = 'no'): Condition {
  return { type: 'Ready', status: 'False', reason, message };
}

/** The status of a Kustomization by itself, and that of one that was ready before. */
const cases: [name: string, object: Record<string, unknown>, status: string, after?: string][] = [
  ['no condition yet', flux([]), 'unknown'],
  ['a new generation', flux([], { status: { observedGeneration: -1 } }), 'progressing'],
  ['Ready', flux([ready], { status: applied }), 'ready'],
  [
    'Ready, but of an older generation',
    flux([ready], { metadata: { generation: 2 } }),
    'progressing',
  ],
  ['Ready, but not yet applied', flux([ready], { status: behind }), 'progressing'],
  ['Ready and asked to reconcile', flux([ready], { metadata: pending, status: applied }), 'ready'],
  [
    'deleted, whatever else',
    flux([stalled], { metadata: { deletionTimestamp: 'now' } }),
    'terminating',
  ],
  [
    'suspended, whatever it says',
    flux([failed('BuildFailed')], { spec: { suspend: true } }),
    'suspended',
  ],
  ['Stalled before Ready', flux([failed('DependencyNotReady'), stalled]), 'failed'],
  ['a dependency that is not ready', flux([failed('DependencyNotReady')]), 'waiting'],
  [
    'an artifact that is still to come',
    flux([failed('ArtifactFailed', 'Source artifact not found, retrying in 30s')]),
    'waiting',
  ],
  [
    'a source that is not there',
    flux([failed('ArtifactFailed', 'GitRepository.source.toolkit.fluxcd.io "shop" not found')]),
    'failed',
  ],
  ['a failure that is being retried', flux([failed('BuildFailed'), reconciling]), 'failed'],
  [
    'a reconcile of a new revision',
    flux([unknown, reconciling], { status: behind }),
    'progressing',
  ],
  [
    'a reconcile of what is applied',
    flux([unknown], { status: applied }),
    'progressing',
    'ready +',
  ],
  [
    'Ready still while it checks',
    flux([ready, reconciling], { status: applied }),
    'progressing',
    'ready +',
  ],
  [
    'a reconcile that was asked for',
    flux([unknown], { status: applied, metadata: pending }),
    'progressing',
  ],
  [
    'a reconcile that was asked for and is handled',
    flux([unknown], { status: { ...applied, lastHandledReconcileAt: 'now' }, metadata: pending }),
    'progressing',
    'ready +',
  ],
  [
    'a reconcile of a new generation',
    flux([unknown], { status: applied, metadata: { generation: 2 } }),
    'progressing',
  ],
  ['a reconcile of nothing yet', flux([unknown]), 'progressing'],
];

describe('the status of a Flux object', () => {
  for (const [name, sent, alone, after = alone] of cases) {
    test(`is ${alone} with ${name}${after === alone ? '' : `, but ${after} after ready`}`, () => {
      assert.equal(statusAfter([sent]), alone);
      assert.equal(statusAfter([flux([ready], { status: applied }), sent]), after);
    });
  }

  test('stays failed while the same revision is tried again', () => {
    const failing = flux([failed('HealthCheckFailed')], { status: applied });
    assert.equal(statusAfter([failing, flux([unknown], { status: applied })]), 'failed +');
  });

  test('is not that of the object which had its name before', () => {
    const other = flux([unknown], { status: applied, metadata: { uid: 'other' } });
    assert.equal(statusAfter([flux([ready], { status: applied }), other]), 'progressing');
  });

  test('is ready of what has no status', () => {
    assert.equal(statusAfter([object('app')], 'Provider'), 'ready');
    assert.equal(statusAfter([object('app')], 'Alert'), 'ready');
    const oci = object('app', { spec: { type: 'oci' }, status: { observedGeneration: -1 } });
    assert.equal(statusAfter([oci], 'HelmRepository'), 'ready');
    assert.equal(statusAfter([object('app')], 'HelmRepository'), 'unknown');
  });

  test('does not miss a generation that the kind never tells', () => {
    const artifact = { status: { conditions: [ready], artifact: { revision: 'one' } } };
    assert.equal(statusAfter([object('app', artifact)], 'ExternalArtifact'), 'ready');
  });

  test('of what a list has began when its condition says, by now at the latest', () => {
    const since = (lastTransitionTime: string, change: 'LIST' | 'ADDED') => {
      const cluster = testCluster();
      const condition = { ...failed('BuildFailed'), lastTransitionTime };
      cluster.see(60, change, 'Kustomization', flux([condition]));
      return cluster.resource('Kustomization/default/app')?.since;
    };
    assert.equal(since('2026-11-22T14:59:06Z', 'LIST'), -54);
    assert.equal(since('2026-11-22T15:00:58Z', 'ADDED'), 60);
    assert.equal(since('2026-11-22T15:02:00Z', 'LIST'), 60);
    assert.equal(since('no date', 'LIST'), 60);
  });

  test('gives the reason of the condition that decided, and keeps it while checking', () => {
    const cluster = testCluster();
    cluster.see(
      1,
      'ADDED',
      'Kustomization',
      flux([failed('BuildFailed', 'bad\n yaml')], { status: applied }),
    );
    cluster.see(2, 'MODIFIED', 'Kustomization', flux([unknown], { status: applied }));
    const shown = cluster.resource('Kustomization/default/app');
    assert.equal(shown?.reason, 'BuildFailed');
    assert.equal(shown?.message, 'bad yaml');
    assert.equal(shown?.since, 1);
  });
});

const labels = {
  'helm.toolkit.fluxcd.io/name': 'app',
  'helm.toolkit.fluxcd.io/namespace': 'default',
};

describe('the status of a workload', () => {
  const workload = (status: object, spec: object = { replicas: 2 }, metadata: object = {}) =>
    object('web', { spec, status: { observedGeneration: 1, ...status } }, { labels, ...metadata });
  const rolled = { updatedReplicas: 2, readyReplicas: 2 };
  const condition = (type: string, status: string, reason: string) => ({
    conditions: [{ type, status, reason }],
  });

  for (const [name, sent, status] of [
    ['all are updated and ready', workload(rolled), 'ready'],
    ['none is wanted', workload({}, { replicas: 0 }), 'ready'],
    ['one of one by default', workload({ updatedReplicas: 1, readyReplicas: 1 }, {}), 'ready'],
    ['one is not ready', workload({ ...rolled, readyReplicas: 1 }), 'progressing'],
    ['one is not updated', workload({ ...rolled, updatedReplicas: 1 }), 'progressing'],
    [
      'its generation is not observed',
      workload({ ...rolled, observedGeneration: 0 }),
      'progressing',
    ],
    [
      'the deadline has passed',
      workload(condition('Progressing', 'False', 'ProgressDeadlineExceeded')),
      'failed',
    ],
    ['no pod can be made', workload(condition('ReplicaFailure', 'True', 'FailedCreate')), 'failed'],
    ['it is being deleted', workload(rolled, {}, { deletionTimestamp: 'now' }), 'terminating'],
  ] as const) {
    test(`is ${status} when ${name}`, () => {
      const cluster = testCluster();
      cluster.see(1, 'ADDED', 'StatefulSet', sent);
      assert.equal(cluster.resource('StatefulSet/default/web')?.status, status);
    });
  }

  test('counts the nodes of a DaemonSet', () => {
    const cluster = testCluster();
    const status = { desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberReady: 2 };
    cluster.see(1, 'ADDED', 'DaemonSet', workload(status, {}));
    const shown = cluster.resource('DaemonSet/default/web');
    assert.deepEqual([shown?.status, shown?.ready, shown?.total], ['progressing', 2, 3]);
    assert.equal(shown?.owner, 'HelmRelease/default/app');
  });

  test('is nobody’s business without the labels of an applier', () => {
    const cluster = testCluster();
    cluster.see(1, 'ADDED', 'Deployment', deployment({}, { labels: {} }));
    assert.deepEqual(cluster.told, []);
  });
});

test('a HelmRelease has applied the chart that is deployed, whatever was tried since', () => {
  const cluster = testCluster();
  const history = [
    { version: 2, status: 'failed', chartVersion: '2.0.0' },
    { version: 1, status: 'deployed', chartVersion: '1.0.0' },
  ];
  const status = { history, lastAttemptedRevision: '2.0.0' };
  cluster.see(1, 'ADDED', 'HelmRelease', flux([failed('UpgradeFailed')], { status }));
  const shown = cluster.resource('HelmRelease/default/app');
  assert.deepEqual([shown?.revision, shown?.attempted], ['1.0.0', '2.0.0']);
});

function statusAfter(sent: readonly Record<string, unknown>[], kind = 'Kustomization'): string {
  const cluster = testCluster();
  for (const [at, each] of sent.entries()) {
    const metadata = { ...(each.metadata as object), resourceVersion: `${at}` };
    cluster.see(at, 'ADDED', kind, { ...each, metadata });
  }
  const shown = cluster.resource(`${kind}/default/app`);
  return `${shown?.status}${shown?.checking ? ' +' : ''}`;
}
