import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { flux, STARTED, type TestCluster, testCluster } from '../../helpers/cluster.ts';

const KEY = 'Kustomization/default/app';
const involvedObject = {
  kind: 'Kustomization',
  namespace: 'default',
  name: 'app',
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
};

function event(message: string, more: object = {}): Record<string, unknown> {
  return {
    metadata: { name: 'app.1', namespace: 'default', uid: 'event', resourceVersion: message },
    involvedObject,
    message,
    type: 'Normal',
    count: 1,
    lastTimestamp: '2026-11-22T15:00:09Z',
    ...more,
  };
}

function notices(cluster: TestCluster): string[] {
  return cluster.told.flatMap(({ event: told }) =>
    told.type === 'notice' ? [`${told.severity} ${told.key} ${told.text}`] : [],
  );
}

function listed(): TestCluster {
  const cluster = testCluster();
  cluster.see(0, 'LISTED', 'Event');
  return cluster;
}

describe('a Kubernetes Event', () => {
  test('is told with its text on one line', () => {
    const cluster = listed();
    cluster.see(1, 'ADDED', 'Event', event('Service/a created\nDeployment/b created'));
    assert.deepEqual(notices(cluster), [`info ${KEY} Service/a created Deployment/b created`]);
  });

  test('is told again when it has happened again or says something else', () => {
    const cluster = listed();
    cluster.see(1, 'ADDED', 'Event', event('first'));
    cluster.see(2, 'MODIFIED', 'Event', event('first'));
    cluster.see(3, 'MODIFIED', 'Event', event('first', { count: 2 }));
    cluster.see(
      4,
      'MODIFIED',
      'Event',
      event('(combined from similar events): second', { count: 2 }),
    );
    const texts = notices(cluster).map((notice) => notice.split(' ').at(-1));
    assert.deepEqual(texts, ['first', 'first', 'second']);
  });

  test('is read in the shape of either API', () => {
    const cluster = listed();
    const { involvedObject: regarding, message: note, ...rest } = event('new shape', { count: 0 });
    const newer = { ...rest, regarding, note, type: 'Warning', eventTime: '2026-11-22T15:00:09Z' };
    cluster.see(1, 'ADDED', 'Event', newer);
    const series = { count: 2, lastObservedTime: '2026-11-22T15:00:19Z' };
    cluster.see(2, 'MODIFIED', 'Event', { ...newer, series });
    assert.deepEqual(notices(cluster), [`warning ${KEY} new shape`, `warning ${KEY} new shape`]);
  });

  test('is history when the first list has it', () => {
    const cluster = testCluster();
    cluster.see(0, 'LIST', 'Event', event('old'));
    cluster.see(0, 'LISTED', 'Event');
    assert.deepEqual(notices(cluster), []);
  });

  test('is told of a later list when it is new, but not when it is older than the feed', () => {
    const cluster = listed();
    const before = new Date(Date.parse(STARTED) - 1000).toISOString();
    const old = { lastTimestamp: before, metadata: { name: 'app.0', uid: 'old' } };
    cluster.see(9, 'LIST', 'Event', event('new'));
    cluster.see(9, 'LIST', 'Event', event('old', old));
    cluster.see(9, 'LISTED', 'Event');
    assert.deepEqual(notices(cluster), [`info ${KEY} new`]);
  });

  test('is nothing of ours when it is about an object that is not shown', () => {
    const cluster = listed();
    const about = {
      kind: 'Deployment',
      namespace: 'kube-system',
      name: 'dns',
      apiVersion: 'apps/v1',
    };
    cluster.see(1, 'ADDED', 'Event', event('scaled', { involvedObject: about }));
    assert.deepEqual(notices(cluster), []);
  });
});

describe('a failure', () => {
  const failed = (message: string) =>
    flux([{ type: 'Ready', status: 'False', reason: 'BuildFailed', message }]);

  test('is told by the status, once for each text', () => {
    const cluster = testCluster();
    cluster.see(1, 'ADDED', 'Kustomization', failed('one'));
    cluster.see(2, 'MODIFIED', 'Kustomization', failed('one'));
    cluster.see(3, 'MODIFIED', 'Kustomization', failed('two'));
    assert.deepEqual(notices(cluster), [`warning ${KEY} one`, `warning ${KEY} two`]);
  });

  test('is told once when an Event says the same, whichever comes first', () => {
    const cluster = listed();
    cluster.see(1, 'ADDED', 'Event', event('one'));
    cluster.see(1.01, 'ADDED', 'Kustomization', failed('one'));
    cluster.see(2, 'MODIFIED', 'Kustomization', failed('two'));
    cluster.see(2.01, 'MODIFIED', 'Event', event('two'));
    assert.equal(notices(cluster).length, 2);
  });

  test('is told each time that it happens', () => {
    const cluster = listed();
    cluster.see(1, 'ADDED', 'Event', event('one'));
    cluster.see(1.01, 'ADDED', 'Kustomization', failed('one'));
    cluster.see(2, 'MODIFIED', 'Event', event('one', { count: 2 }));
    assert.equal(notices(cluster).length, 2);
  });

  test('is history when the first list has it', () => {
    const cluster = testCluster();
    cluster.see(0, 'LIST', 'Kustomization', failed('one'));
    assert.deepEqual(notices(cluster), []);
  });
});
