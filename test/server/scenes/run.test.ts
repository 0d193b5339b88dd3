import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiAnswer, ApiRequest } from '../../../server/api.ts';
import { runScene, type Stage } from '../../../server/demo/scenes/run.ts';
import type { FlowEvent, Resource } from '../../../src/shared/flow.ts';
import { empty, reduceAll } from '../../../src/shared/reduce.ts';
import { fakeTime } from '../../helpers/time.ts';

const parts = {
  source: 'GitRepository/flux-system/podinfo',
  applier: 'Kustomization/flux-system/podinfo',
  workload: 'Deployment/podinfo/podinfo',
};
const one = 'main@sha1:1111111111111111111111111111111111111111';
const two = 'main@sha1:2222222222222222222222222222222222222222';
const three = 'main@sha1:3333333333333333333333333333333333333333';
const FILES = {
  'app/deployment.yaml': 'spec:\n  replicas: 2\n',
  'app/page.html': '<h1>Hello from Git</h1>\n',
};

/** A cluster at rest whose API and repository say what the test has them say. */
function testStage(answer: (request: ApiRequest) => Promise<ApiAnswer> = async () => ok) {
  const time = fakeTime();
  const listeners = new Set<() => void>();
  const asked: ApiRequest[] = [];
  const commits: { text: string; subject: string; announced?: boolean }[] = [];
  const markers: string[] = [];
  let written: Readonly<Record<string, string>> = FILES;
  const first: Readonly<Record<string, string>> = FILES;
  let flow = empty({ state: 'live', text: 'live' });
  const happen = (...events: FlowEvent[]) => {
    flow = reduceAll(
      flow,
      events.map((event) => ({ event, at: time.clock() })),
    );
    for (const listener of listeners) listener();
  };
  const stage: Stage = {
    parts,
    ask: async (request) => {
      asked.push(request);
      return answer(request);
    },
    repository: {
      read: async (file, revision) => (revision === undefined ? written : first)[file] ?? '',
      changedSince: async () => ['app/deployment.yaml'],
      commit: async (files, options) => {
        written = { ...written, ...files };
        commits.push({ text: Object.values(files).join(), ...options });
        return { revision: commits.length === 1 ? two : three };
      },
    },
    flow: () => flow,
    changed: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clock: time.clock,
    schedule: time.schedule,
    marker: (name) => {
      markers.push(name);
      happen({ type: 'marker', name });
    },
  };
  happen(source({}), applier({}), workload({}));
  return { stage, time, happen, asked, commits, markers, listeners };
}

const ok: ApiAnswer = { status: 200, body: '{}' };
const changed = (resource: Resource): FlowEvent => ({ type: 'changed', resource });
const source = (more: Partial<Resource>) =>
  changed({ key: parts.source, role: 'source', status: 'ready', revision: one, since: 0, ...more });
const applier = (more: Partial<Resource>) =>
  changed({
    key: parts.applier,
    role: 'applier',
    status: 'ready',
    revision: one,
    attempted: one,
    since: 0,
    next: 20,
    ...more,
  });
const workload = (more: Partial<Resource>) =>
  changed({
    key: parts.workload,
    role: 'cluster',
    status: 'ready',
    ready: 2,
    total: 2,
    since: 0,
    ...more,
  });

function begun(performance: ReturnType<typeof runScene>) {
  assert.ok('done' in performance, JSON.stringify(performance));
  return performance;
}

/** Lets promises that are settled be heard. */
const settle = () => new Promise<void>((resolve) => void setImmediate(resolve));

test('a push is committed with a greeting, and has ended when it runs', async () => {
  const { stage, time, happen, commits, markers, listeners } = testStage();
  time.pass(5);
  const { begun: at, done } = begun(runScene('push', stage));
  assert.equal(at, 5);
  assert.deepEqual(markers, ['push']);
  await settle();
  assert.match(commits[0]?.subject ?? '', /^Say hello to /);
  assert.match(commits[0]?.text ?? '', /^<h1>Hello, .*!<\/h1>$/m);
  time.pass(1);
  happen(source({ revision: two }), applier({ status: 'progressing', attempted: two }));
  happen(workload({ status: 'progressing' }), workload({ since: 6 }));
  assert.equal(listeners.size, 1);
  time.pass(1);
  happen(applier({ revision: two, attempted: two, since: 7 }));
  assert.deepEqual(await done, { seconds: 2 });
  assert.deepEqual(markers, ['push', 'end']);
  assert.equal(listeners.size, 0);
});

test('each push greets another, and only a poll keeps it from the webhook', async () => {
  const { stage, happen, commits } = testStage();
  for (const [name, revision] of [
    ['push', two],
    ['push', three],
    ['poll', three],
  ] as const) {
    const { done } = begun(runScene(name, stage));
    await settle();
    happen(applier({ revision, attempted: revision }));
    await done;
  }
  assert.equal(new Set(commits.map(({ subject }) => subject)).size, 3);
  assert.deepEqual(
    commits.map(({ announced }) => announced),
    [true, true, false],
  );
});

test('a break can’t be applied, and its fix brings back what was', async () => {
  const { stage, time, happen, commits } = testStage();
  const broken = begun(runScene('break', stage));
  await settle();
  assert.match(commits[0]?.text ?? '', /replicas: two/);
  time.pass(1);
  happen(applier({ status: 'failed', reason: 'ReconciliationFailed', attempted: two, since: 1 }));
  assert.deepEqual(await broken.done, { seconds: 1 });
  const fixed = begun(runScene('fix', stage));
  await settle();
  assert.deepEqual(commits[1], {
    text: FILES['app/deployment.yaml'],
    subject: 'Fix the replica count',
  });
  happen(applier({ revision: three, attempted: three, since: 1 }));
  assert.deepEqual(await fixed.done, { seconds: 0 });
});

test('a drift deletes, a scale scales, suspend and resume set one field, each by its own way', async () => {
  const { stage, asked, happen, time } = testStage();
  const back = () => happen(workload({ status: 'drifted', since: time.clock() }));
  for (const name of ['drift', 'scale', 'suspend', 'resume']) {
    const { done } = begun(runScene(name, stage));
    await settle();
    time.pass(1);
    if (name === 'suspend') happen(applier({ status: 'suspended', since: time.clock() }));
    else if (name === 'resume') happen(applier({ since: time.clock() }));
    else {
      back();
      happen(workload({ since: time.clock() }));
    }
    assert.deepEqual(await done, { seconds: 1 }, name);
  }
  const kustomization =
    '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/podinfo?fieldManager=fluxdeck';
  const deployment = '/apis/apps/v1/namespaces/podinfo/deployments/podinfo';
  assert.deepEqual(
    asked.map(({ method, path, body }) => [method, path, body]),
    [
      ['DELETE', deployment, '{"kind":"DeleteOptions","propagationPolicy":"Background"}'],
      ['PATCH', `${deployment}/scale?fieldManager=fluxdeck`, '{"spec":{"replicas":5}}'],
      ['PATCH', kustomization, '{"spec":{"suspend":true}}'],
      ['PATCH', kustomization, '{"spec":{"suspend":false}}'],
    ],
  );
});

test('what the cluster refuses fails in words, without the API’s own, which may name a person', async () => {
  const secret = 'User "jane@example.com" cannot delete';
  for (const [status, words] of [
    [401, /does not know us/],
    [403, /does not let us delete Deployment podinfo/],
    [404, /it is not there.*demo reset/],
    [500, /answered 500/],
  ] as const) {
    const { stage, markers, listeners } = testStage(async () => ({ status, body: secret }));
    const result = await begun(runScene('drift', stage)).done;
    assert.ok('failed' in result);
    assert.match(result.failed, words);
    assert.doesNotMatch(result.failed, /jane/);
    assert.deepEqual(markers, ['drift']);
    assert.equal(listeners.size, 0);
  }
});

test('no answer fails in words, at once or when time is up', async () => {
  const dead = testStage(() => Promise.reject(new Error('ECONNREFUSED')));
  assert.deepEqual(await begun(runScene('suspend', dead.stage)).done, {
    failed: 'The cluster does not answer, so it can’t suspend Kustomization podinfo.',
  });
  const hung = testStage(() => new Promise(() => undefined));
  const { done } = begun(runScene('suspend', hung.stage));
  hung.time.pass(15);
  assert.deepEqual(await done, { failed: 'The scene suspend could not be begun in 15 s.' });
});

test('a scene that does not end says how far it came, after its limit and Flux’s next look', async () => {
  const { stage, time, happen, listeners } = testStage();
  const { done } = begun(runScene('drift', stage));
  await settle();
  happen(workload({ status: 'drifted', ready: 0, since: 0 }));
  time.pass(79);
  assert.equal(listeners.size, 1);
  time.pass(1);
  assert.deepEqual(await done, {
    failed:
      'The scene drift has not ended after 80 s: GitRepository podinfo is ready, Kustomization podinfo is ready, Deployment podinfo is drifted.',
  });
  assert.equal(listeners.size, 0);
});

test('nothing is begun that nobody could see, and nothing that is no scene', () => {
  const { stage, happen, markers } = testStage();
  assert.match(JSON.stringify(runScene('pusch', stage)), /no scene “pusch”.*push, drift/);
  happen({ type: 'health', state: 'stale', kinds: ['HelmRelease'], text: 'Not allowed' });
  assert.ok('done' in runScene('suspend', stage), 'a kind that no scene is about');
  happen({ type: 'health', state: 'stale', text: 'The cluster does not answer' });
  assert.match(JSON.stringify(runScene('drift', stage)), /can’t be seen now.*does not answer/);
  assert.deepEqual(markers, ['suspend']);
});

test('without a Git host of ours a push fails in words', async () => {
  const { stage } = testStage();
  const { repository: _, ...foreign } = stage;
  const result = await begun(runScene('push', foreign)).done;
  assert.match(JSON.stringify(result), /not ours.*by hand/);
});
