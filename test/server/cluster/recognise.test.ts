import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Observation } from '../../../server/cluster/observation.ts';
import { observe } from '../../../server/cluster/observe.ts';
import { type Circumstances, nothingDone, recognise } from '../../../server/cluster/recognise.ts';
import { initial } from '../../../server/cluster/state.ts';
import type { Seconds } from '../../../src/shared/flow.ts';
import { deployment, kustomization, object, ready, STARTED } from '../../helpers/cluster.ts';
import { run } from '../../helpers/runs.ts';

type Marked = [name: string, at: Seconds];

/** What is recognised when nobody says what is done. */
function recognised(
  observations: Iterable<Observation>,
  started = STARTED,
  circumstances: (at: Seconds) => Circumstances = () => ({}),
): Marked[] {
  let state = initial(started);
  let memory = nothingDone;
  const found: Marked[] = [];
  for (const observation of observations) {
    if (observation.type === 'marker') continue;
    const { at } = observation;
    const step = observe(state, observation);
    const [after, markers] = recognise(memory, state, observation, step, circumstances(at));
    found.push(...markers.map(({ name }): Marked => [name, at]));
    state = step.state;
    memory = after;
  }
  return found;
}

function ownMarkers({ observations }: ReturnType<typeof run>): Marked[] {
  return observations.flatMap((each): Marked[] =>
    each.type === 'marker' ? [[each.name, each.at]] : [],
  );
}

test('what was done in the webinar is recognised as it was marked, within 0.3 s', () => {
  const webinar = run('webinar');
  const found = recognised(webinar.observations, webinar.header.started);
  const known = ownMarkers(webinar).filter(([name]) => name !== 'setup' && name !== 'end');
  // One push more was made while Flux was suspended; a broken commit and one unannounced are pushes.
  const expected = known.map(([name, at]) => [
    name === 'break' || name === 'poll' ? 'push' : name,
    at,
  ]);
  expected.splice(6, 0, ['push', 80.9]);
  assert.deepEqual(
    found.map(([name]) => name),
    expected.map(([name]) => name),
  );
  for (const [index, [name, at]] of found.entries()) {
    const late = at - Number(expected[index]?.[1]);
    assert.ok(late >= 0 && late < 0.3, `${name} at ${at} is ${late} s late`);
  }
});

test('nothing is recognised of what a scene of ours does', () => {
  const webinar = run('webinar');
  const own = ownMarkers(webinar);
  const found = recognised(webinar.observations, webinar.header.started, (at) => {
    const running = own.findLast(([, began]) => began <= at);
    return running ? { running: { name: running[0], began: running[1] } } : {};
  });
  assert.deepEqual(
    found.map(([name]) => name),
    // It was made during the scene `suspend`, and by hand.
    ['push'],
  );
});

test('a push is one that only polling finds while webhooks are off', () => {
  const webinar = run('webinar');
  const found = recognised(webinar.observations, webinar.header.started, (at) => ({
    webhooksOff: at > 90,
  }));
  assert.deepEqual(found.at(-1)?.[0], 'poll');
});

test('in a run of troubles only what was done by hand is recognised', () => {
  const trouble = run('trouble');
  const own = ownMarkers(trouble);
  const found = recognised(trouble.observations, trouble.header.started);
  assert.deepEqual(
    found.map(([name, at]) => [name, own.findLast(([, began]) => began <= at)?.[0]]),
    [
      ['push', 'dependency met'],
      ['push', 'build failure'],
      ['fix', 'health check'],
      ['fix', 'healthy again'],
      ['suspend', 'suspend source'],
      ['resume', 'suspend source'],
      ['drift', 'image drift'],
    ],
  );
});

const listed = (kind: string, ...objects: object[]): Observation[] => [
  ...objects.map(
    (each): Observation => ({
      at: 0,
      type: 'watch',
      kind,
      change: 'LIST',
      object: each,
    }),
  ),
  { at: 0, type: 'watch', kind, change: 'LISTED' },
];
const modified = (at: Seconds, kind: string, sent: object): Observation => ({
  at,
  type: 'watch',
  kind,
  change: 'MODIFIED',
  object: sent,
});
const push = (at: Seconds, revision: string): Observation => ({
  at,
  type: 'git',
  repository: 'app.git',
  happened: { what: 'receive-pack', revision },
});
const source = object('app', { spec: { url: 'http://git.test/app.git' } });
const applier = (more: object = {}) =>
  kustomization([ready], {
    spec: { interval: '1m', sourceRef: { kind: 'GitRepository', name: 'app' }, ...more },
  });
const atRest = (): Observation[] => [
  ...listed('GitRepository', source),
  ...listed('Kustomization', applier()),
  ...listed('Deployment', deployment()),
];
const scaled = (replicas: number, by = 'kubectl') =>
  deployment({
    replicas,
    owned: ['image'],
    by: [{ manager: by, owned: ['replicas'], subresource: 'scale' }],
  });
const suspended = () => applier({ suspend: true });

test('what the first lists bring was done before anybody watched', () => {
  const found = recognised([
    push(0, 'main@sha1:1'),
    ...listed('GitRepository', source),
    ...listed('Kustomization', suspended()),
    ...listed('Deployment', scaled(5)),
  ]);
  assert.deepEqual(found, []);
});

test('a list that comes after a lost connection brings news', () => {
  const found = recognised([
    ...atRest(),
    { at: 5, type: 'watch', kind: 'Kustomization', change: 'ERROR' },
    ...listed('Kustomization', suspended()).map((each) => ({ ...each, at: 9 })),
  ]);
  assert.deepEqual(found, [['suspend', 9]]);
});

test('the same is recognised again after two seconds, and not before', () => {
  const found = recognised([
    ...atRest(),
    push(10, 'main@sha1:1'),
    push(11.9, 'main@sha1:2'),
    push(12.1, 'main@sha1:3'),
  ]);
  assert.deepEqual(found, [
    ['push', 10],
    ['push', 12.1],
  ]);
});

test('a push to a repository that no source follows is none of the talk’s', () => {
  const other: Observation = {
    at: 3,
    type: 'git',
    repository: 'other.git',
    happened: { what: 'receive-pack', revision: 'main@sha1:1' },
  };
  assert.deepEqual(recognised([...atRest(), other]), []);
});

test('scaling further is another scale, and scaling back is none', () => {
  const found = recognised([
    ...atRest(),
    modified(1, 'Deployment', scaled(5)),
    modified(2, 'Deployment', { ...scaled(5), status: { readyReplicas: 4 } }),
    modified(5, 'Deployment', scaled(7)),
    modified(9, 'Deployment', scaled(2)),
  ]);
  assert.deepEqual(found, [
    ['scale', 1],
    ['scale', 5],
  ]);
});

test('a deletion is a drift, also of what was scaled before', () => {
  const gone = { ...modified(4, 'Deployment', deployment()), change: 'DELETED' } as const;
  assert.deepEqual(recognised([...atRest(), modified(1, 'Deployment', scaled(5)), gone]), [
    ['scale', 1],
    ['drift', 4],
  ]);
});

test('a commit of a scene under way is nobody’s push, whatever it is called', () => {
  const running = { name: 'break', began: 9.5 };
  const observations = [
    ...atRest(),
    push(10, 'main@sha1:1'),
    modified(11, 'Kustomization', suspended()),
  ];
  assert.deepEqual(
    recognised(observations, STARTED, () => ({ running })),
    [['suspend', 11]],
  );
});
