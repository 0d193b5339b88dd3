import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCapture } from '../../../server/cluster/capture.ts';
import type { Observation, Watched } from '../../../server/cluster/observation.ts';
import { flowEvents } from '../../../server/cluster/observe.ts';
import { captureLine } from '../../../server/cluster/watch/captureLine.ts';
import { run, runs } from '../../helpers/runs.ts';

const isWatched = (observation: Observation): observation is Watched =>
  observation.type === 'watch';

for (const name of runs) {
  test(`the run ${name}, captured again without its secrets, tells the same`, () => {
    const { header, observations } = run(name);
    const watched = observations.filter(isWatched);
    const written = [
      JSON.stringify(header),
      ...watched.map((each) => captureLine(each, 'key')),
    ].join('\n');
    const again = parseCapture(written);
    assert.deepEqual(again.problems, []);
    assert.deepEqual(
      [...flowEvents(again.observations, header.started)],
      [...flowEvents(watched, header.started)],
    );
    assert.doesNotMatch(written, /\/hook\/[0-9a-f]{8}/);
  });
}

const SECRET = 'c0ffee5ecret';

function lineOf(object: object, key = 'key'): string {
  return captureLine({ at: 1.23456, type: 'watch', kind: 'Any', change: 'ADDED', object }, key);
}

const hiding: [place: string, object: object][] = [
  ['the user of a URL', { spec: { url: `https://me:${SECRET}@git.example/a.git` } }],
  ['the same in a message', { message: `unable to clone 'https://me:${SECRET}@git.example'` }],
  ['Helm’s values', { spec: { values: { db: { password: SECRET, name: SECRET } } } }],
  ['what is substituted', { spec: { postBuild: { substitute: { password: SECRET } } } }],
  ['patches', { spec: { patches: [{ patch: SECRET, target: { kind: 'Deployment' } }] } }],
  [
    'the environment of a container',
    { spec: { template: { spec: { containers: [{ env: [{ name: 'A', value: SECRET }] }] } } } },
  ],
  ['the arguments of a container', { spec: { containers: [{ args: [`--token=${SECRET}`] }] } }],
  [
    'the last manifest in an annotation',
    {
      metadata: {
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `{"a":"${SECRET}"}` },
      },
    },
  ],
  ['the data of a Secret', { data: { password: SECRET }, stringData: { password: SECRET } }],
  ['the path of a webhook', { status: { webhookPath: `/hook/${SECRET}` } }],
];

for (const [place, object] of hiding) {
  test(`a capture hides ${place}`, () => assert.ok(!lineOf(object).includes(SECRET)));
}

test('what is hidden shows that it changes, and nothing else of it', () => {
  const env = (value: string) => ({ spec: { env: [{ name: 'MESSAGE', value }] } });
  assert.equal(lineOf(env('a')), lineOf(env('a')));
  assert.notEqual(lineOf(env('a')), lineOf(env('b')));
  assert.notEqual(lineOf(env('a'), 'one'), lineOf(env('a'), 'another'));
  assert.ok(lineOf(env('a')).includes('MESSAGE'));
});

test('a list’s end has its version where captures have it', () => {
  const object = { metadata: { resourceVersion: '7' } };
  const line = captureLine({ at: 0.1, type: 'watch', kind: 'Any', change: 'LISTED', object }, '');
  assert.equal(line, '{"t":0.1,"watch":"Any","type":"LISTED","resourceVersion":"7"}');
});
