import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { KINDS, pathOf } from '../../../server/cluster/watch/kinds.ts';
import { narrowed } from '../../../server/cluster/watch/narrow.ts';
import { bindings } from '../../../src/shared/binding.ts';
import { roleOfKind } from '../../../src/shared/role.ts';
import { ROOT } from '../../helpers/command.ts';

test('what is watched has a part to play, or is words', () => {
  const words = KINDS.filter(({ kind }) => roleOfKind(kind) === undefined);
  assert.deepEqual(
    words.map(({ kind }) => kind),
    ['Event'],
  );
});

test('a kind is found where the API server serves it', () => {
  const paths = KINDS.map((kind) => pathOf(kind));
  assert.ok(paths.includes('/apis/helm.toolkit.fluxcd.io/v2/helmreleases'));
  assert.ok(paths.includes('/api/v1/events'));
  const [first] = KINDS;
  assert.ok(first);
  assert.match(pathOf(first, 'demo'), /\/v1\/namespaces\/demo\/gitrepositories$/);
});

test('the viewer’s role lets us see exactly what is watched, and change nothing', () => {
  const role = readFileSync(path.join(ROOT, 'assets/cluster/viewer.yaml'), 'utf8');
  const rules = role.slice(role.indexOf('rules:')).split('- apiGroups: ').slice(1);
  const allowed = rules.flatMap((rule) => {
    const [, group = ''] = /^\["?([\w.]*)"?\]/.exec(rule) ?? [];
    const [, verbs] = /verbs: \[(.*)\]/.exec(rule) ?? [];
    assert.equal(verbs, 'get, list, watch');
    const [, resources = ''] = /resources:([\s\S]*)verbs:/.exec(rule) ?? [];
    return (resources.match(/[a-z]+/g) ?? []).map((resource) => `${resource}.${group}`);
  });
  const watched = KINDS.map(({ plural, group }) => `${plural}.${group}`);
  assert.deepEqual(allowed.toSorted(), watched.toSorted());
});

/** The kinds that a diagram with these labels and comments needs, with their namespace. */
function neededBy(labels: Record<string, string>, ...comments: string[]): string[] {
  const nodes = Object.entries(labels).map(([id, label]) => ({ id, label }));
  const { nodes: bound } = bindings(comments.join('\n'), nodes);
  return narrowed(KINDS, [...bound.values()]).map(({ kind, namespace }) =>
    namespace === undefined ? kind : `${kind} in ${namespace}`,
  );
}

const sources = [
  'GitRepository',
  'OCIRepository',
  'HelmRepository',
  'HelmChart',
  'Bucket',
  'ExternalArtifact',
];
const appliers = ['Kustomization', 'HelmRelease'];
const workloads = ['Deployment', 'StatefulSet', 'DaemonSet'];

test('without a diagram everything is watched', () => {
  assert.deepEqual(narrowed(KINDS, []), KINDS);
});

test('a diagram without comments needs whole roles, and no role that it lacks', () => {
  assert.deepEqual(neededBy({ G: 'Git Host', F: 'Flux', K: 'Kubernetes' }), [
    ...sources,
    ...appliers,
    ...workloads,
    'Event',
  ]);
  assert.deepEqual(neededBy({ U: 'User', R: 'Receiver' }), [
    ...sources,
    ...appliers,
    'Receiver',
    'Event',
  ]);
});

test('nodes that name what they stand for narrow it to that', () => {
  assert.deepEqual(
    neededBy(
      { S: 'Source', A: 'Kustomization', K: 'Kubernetes' },
      '%% live S = GitRepository/flux-system/shop',
      '%% live A = Kustomization/flux-system/shop, Kustomization/apps/shop',
      '%% live K = Deployment/shop/*',
    ),
    ['GitRepository in flux-system', 'Kustomization', 'Deployment in shop', 'Event'],
  );
});

test('one namespace for all is one for the Events, too', () => {
  assert.deepEqual(
    neededBy(
      { F: 'Flux', K: 'Kubernetes' },
      '%% live F = Bucket/demo/a, HelmRelease/demo/a',
      '%% live K = StatefulSet/demo/a',
    ),
    ['Bucket in demo', 'HelmRelease in demo', 'StatefulSet in demo', 'Event in demo'],
  );
});

test('one node that stands for the whole role keeps it whole', () => {
  assert.deepEqual(neededBy({ S: 'Source', F: 'Flux' }, '%% live S = GitRepository/demo/a'), [
    ...sources,
    ...appliers,
    'Event',
  ]);
});
