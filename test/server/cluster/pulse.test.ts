import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { flux, object, ready, type TestCluster, testCluster } from '../../helpers/cluster.ts';

const url = 'http://git.example/podinfo.git';
const SOURCE = 'GitRepository/default/app';
const requestedAt = 'reconcile.fluxcd.io/requestedAt';
const refs = { what: 'refs', service: 'upload-pack' } as const;

/** A GitRepository with this artifact; `asked` is the last request to reconcile, and by whom. */
function source(
  revision: string | undefined,
  asked?: [value: string, manager: string],
  name = 'app',
) {
  const [value, manager] = asked ?? [];
  const fieldsV1 = { 'f:metadata': { 'f:annotations': { '.': {}, [`f:${requestedAt}`]: {} } } };
  return flux([ready], {
    spec: { url },
    status: revision === undefined ? {} : { artifact: { revision } },
    metadata: {
      name,
      uid: name,
      ...(asked && {
        annotations: { [requestedAt]: value },
        managedFields: [{ manager, fieldsV1 }],
      }),
    },
  });
}

function pushed(cluster: TestCluster, at: number, more: object = {}) {
  return cluster.git(at, { what: 'receive-pack', ...more });
}

function delivered(cluster: TestCluster, at: number, status = 200) {
  return cluster.git(at, { what: 'webhook', status });
}

function asked(
  cluster: TestCluster,
  at: number,
  value: string,
  manager = 'notification-controller',
) {
  return cluster.see(at, 'MODIFIED', 'GitRepository', source('one', [value, manager]));
}

function withSource(): TestCluster {
  const cluster = testCluster();
  cluster.see(0, 'LIST', 'GitRepository', source('one'));
  cluster.see(0, 'LISTED', 'GitRepository');
  return cluster;
}

describe('a push', () => {
  test('is told by the Git host, with its commit if it knows it', () => {
    const cluster = testCluster();
    const push = { revision: 'abc', subject: 'Say\nhello', patch: 'a\nb' };
    assert.deepEqual(pushed(cluster, 1, push), [
      { type: 'pulse', from: 'user', to: 'git', why: 'push', revision: 'abc' },
      { type: 'commit', revision: 'abc', subject: 'Say hello', patch: 'a\nb' },
    ]);
    assert.deepEqual(pushed(cluster, 2), [{ type: 'pulse', from: 'user', to: 'git', why: 'push' }]);
  });

  test('to a host that we do not hear shows in the next artifact', () => {
    const cluster = withSource();
    const events = cluster.see(1, 'MODIFIED', 'GitRepository', source('two'));
    assert.deepEqual(
      events.map((event) => (event.type === 'pulse' ? event.why : event.type)),
      ['push', 'fetch', 'changed'],
    );
  });

  test('is not told twice of a host that we hear', () => {
    const cluster = withSource();
    pushed(cluster, 1);
    cluster.see(2, 'MODIFIED', 'GitRepository', source('two'));
    assert.deepEqual(cluster.pulses(), { push: 1, fetch: 1 });
  });

  test('is not what brings a new source its first artifact', () => {
    const cluster = testCluster();
    cluster.see(1, 'ADDED', 'GitRepository', source(undefined));
    cluster.see(2, 'MODIFIED', 'GitRepository', source('one'));
    assert.deepEqual(cluster.pulses(), { fetch: 1 });
  });

  test('goes to no host of charts', () => {
    const cluster = testCluster();
    const chart = (revision: string) => flux([ready], { status: { artifact: { revision } } });
    cluster.see(1, 'ADDED', 'HelmRepository', chart('one'));
    cluster.see(2, 'MODIFIED', 'HelmRepository', chart('two'));
    assert.deepEqual(cluster.pulses(), { fetch: 2 });
  });
});

describe('a poll', () => {
  test('is one, however often the refs are asked for within a second', () => {
    const cluster = withSource();
    for (const at of [1, 1.01, 3, 5]) cluster.git(at, refs);
    cluster.git(5.01, refs, 'shop.git');
    assert.equal(cluster.pulses().poll, 4);
  });

  test('is of the source whose URL it is', () => {
    const [event] = withSource().git(1, refs);
    assert.deepEqual(event, { type: 'pulse', from: 'source', to: 'git', why: 'poll', key: SOURCE });
  });

  test('is not what a push begins with, nor what the Git host refuses', () => {
    const cluster = withSource();
    cluster.git(1, { what: 'refs', service: 'receive-pack' });
    cluster.git(2, { what: 'refused' });
    cluster.git(3, { what: 'upload-pack' });
    assert.deepEqual(cluster.pulses(), {});
  });
});

describe('a webhook', () => {
  const webhooks = (cluster: TestCluster) => cluster.pulses().webhook ?? 0;

  test('goes from Git by webhook and receiver to the source', () => {
    const hops = delivered(withSource(), 1).map((event) =>
      event.type === 'pulse' ? `${event.from}→${event.to} ${event.key}` : '',
    );
    assert.deepEqual(hops, [
      `git→webhook ${SOURCE}`,
      `webhook→receiver ${SOURCE}`,
      `receiver→source ${SOURCE}`,
    ]);
  });

  test('is one when both ends tell of it, whichever comes first', () => {
    const cluster = withSource();
    delivered(cluster, 1);
    asked(cluster, 1.1, 'first');
    asked(cluster, 5, 'second');
    delivered(cluster, 5.2);
    assert.equal(webhooks(cluster), 2);
  });

  test('is one of two when two follow closely, in any order', () => {
    const cluster = withSource();
    delivered(cluster, 1);
    delivered(cluster, 1.1);
    asked(cluster, 1.2, 'first');
    asked(cluster, 1.3, 'second');
    asked(cluster, 8, 'third');
    asked(cluster, 8.1, 'fourth');
    delivered(cluster, 8.2);
    delivered(cluster, 8.3);
    assert.equal(webhooks(cluster), 4);
  });

  test('of a host that we do not hear is seen by the request alone', () => {
    const cluster = withSource();
    asked(cluster, 1, 'first');
    asked(cluster, 1.5, 'second');
    asked(cluster, 9, 'third');
    assert.equal(webhooks(cluster), 3);
  });

  test('is one, whatever number of objects its Receiver asks', () => {
    const cluster = withSource();
    cluster.see(0, 'ADDED', 'GitRepository', source('one', undefined, 'other'));
    delivered(cluster, 1);
    asked(cluster, 1.1, 'first');
    const other = source('one', ['first', 'notification-controller'], 'other');
    cluster.see(1.1, 'MODIFIED', 'GitRepository', other);
    assert.equal(webhooks(cluster), 1);
  });

  test('is not what a person asks for, nor what the Receiver turned away', () => {
    const cluster = withSource();
    asked(cluster, 1, 'by hand', 'flux');
    delivered(cluster, 5, 404);
    assert.equal(webhooks(cluster), 0);
  });

  test('that the Receiver refuses moves nothing, and is told', () => {
    const [event, ...others] = delivered(withSource(), 1, 400);
    assert.deepEqual(others, []);
    assert.ok(event?.type === 'notice' && event.key === SOURCE);
    assert.match(event.text, /refused .* signature/);
  });

  test('is not what was asked before we looked', () => {
    const cluster = testCluster();
    const old = source('one', ['old', 'notification-controller']);
    cluster.see(0, 'LIST', 'GitRepository', old);
    cluster.see(1, 'MODIFIED', 'GitRepository', source('one', ['old', 'notification-controller']));
    assert.equal(webhooks(cluster), 0);
  });

  test('may go to an applier', () => {
    const cluster = testCluster();
    const sent = (value: string) => source(undefined, [value, 'notification-controller']);
    cluster.see(1, 'ADDED', 'Kustomization', sent('old'));
    const hops = cluster.see(2, 'MODIFIED', 'Kustomization', sent('new'));
    assert.ok(hops.some((event) => event.type === 'pulse' && event.to === 'applier'));
  });
});

test('what a first list holds has not travelled', () => {
  const cluster = withSource();
  const status = { lastAppliedRevision: 'one', lastAttemptedRevision: 'one' };
  cluster.see(0, 'LIST', 'Kustomization', object('app', { status }));
  assert.deepEqual(cluster.pulses(), {});
});

test('an attempt and an apply are two facts', () => {
  const cluster = testCluster();
  const applier = (attempted: string, applied: string) =>
    flux([], { status: { lastAttemptedRevision: attempted, lastAppliedRevision: applied } });
  cluster.see(0, 'LIST', 'Kustomization', applier('one', 'one'));
  cluster.see(1, 'MODIFIED', 'Kustomization', applier('two', 'one'));
  assert.deepEqual(cluster.pulses(), { attempt: 1 });
  cluster.see(2, 'MODIFIED', 'Kustomization', applier('two', 'two'));
  assert.deepEqual(cluster.pulses(), { attempt: 1, apply: 1 });
});
