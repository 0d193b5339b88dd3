import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bind, bindings, liveComments } from '../../src/shared/binding.ts';
import type { Resource, Role } from '../../src/shared/flow.ts';

function resource(key: string, role: Role): [string, Resource] {
  return [key, { key, role, status: 'ready', since: 0 }];
}

const resources = new Map([
  resource('Kustomization/flux-system/podinfo', 'applier'),
  resource('GitRepository/flux-system/podinfo', 'source'),
  resource('GitRepository/apps/shop', 'source'),
  resource('Receiver/flux-system/push', 'receiver'),
  resource('Bucket/apps/images', 'source'),
  resource('Deployment/default/podinfo', 'cluster'),
]);

/** A diagram of one node X, its comments, and what X then covers. */
const cases: { name: string; label: string; comment?: string; role: string; keys: string }[] = [
  { name: 'a role without status covers nothing', label: 'User', role: 'user', keys: '' },
  {
    name: 'the only node of a role stands for all of it, whatever kind it names',
    label: 'GitRepository',
    role: 'source',
    keys: 'Bucket/apps/images GitRepository/apps/shop GitRepository/flux-system/podinfo',
  },
  {
    name: 'case, spaces and hyphens of a label do not matter',
    label: 'git-repository<br/>podinfo',
    role: 'source',
    keys: 'Bucket/apps/images GitRepository/apps/shop GitRepository/flux-system/podinfo',
  },
  {
    name: 'Source covers every source',
    label: 'Source',
    role: 'source',
    keys: 'Bucket/apps/images GitRepository/apps/shop GitRepository/flux-system/podinfo',
  },
  {
    name: 'Flux covers what fetches and what applies',
    label: 'Flux',
    role: 'flux',
    keys: 'Bucket/apps/images GitRepository/apps/shop GitRepository/flux-system/podinfo Kustomization/flux-system/podinfo',
  },
  {
    name: 'K8s covers workloads',
    label: 'K8s',
    role: 'cluster',
    keys: 'Deployment/default/podinfo',
  },
  {
    name: 'a comment narrows to one object',
    label: 'GitRepository',
    comment: 'X = GitRepository/flux-system/podinfo',
    role: 'source',
    keys: 'GitRepository/flux-system/podinfo',
  },
  {
    name: 'a comment names several, by comma or space',
    label: 'Source',
    comment: 'X=Bucket, GitRepository/flux-system GitRepository/*/shop',
    role: 'source',
    keys: 'Bucket/apps/images GitRepository/apps/shop GitRepository/flux-system/podinfo',
  },
  {
    name: 'a star widens to all of the role',
    label: 'GitRepository',
    comment: 'X = *',
    role: 'source',
    keys: 'Bucket/apps/images GitRepository/apps/shop GitRepository/flux-system/podinfo',
  },
  {
    name: 'a comment gives a node a role by kind',
    label: 'Podinfo',
    comment: 'X = Deployment/default/podinfo',
    role: 'cluster',
    keys: 'Deployment/default/podinfo',
  },
  {
    name: 'a comment gives a node a role by name',
    label: 'Entwicklerin',
    comment: 'X = user',
    role: 'user',
    keys: '',
  },
  {
    name: 'a kind beats the label',
    label: 'Git',
    comment: 'X = GitRepository/apps/shop',
    role: 'source',
    keys: 'GitRepository/apps/shop',
  },
  {
    name: 'Flux narrowed is still Flux',
    label: 'Flux',
    comment: 'X = Kustomization/flux-system/podinfo',
    role: 'flux',
    keys: 'Kustomization/flux-system/podinfo',
  },
];

for (const { name, label, comment, role, keys } of cases) {
  test(name, () => {
    const source = `flowchart LR\nX((${label}))\n${comment ? `  %% live ${comment}` : '%% lively'}`;
    const { nodes, problems } = bindings(source, [{ id: 'X', label }]);
    const binding = nodes.get('X');
    assert.deepEqual(problems, []);
    assert.equal(binding?.role, role);
    assert.equal(binding && bind(resources, binding).join(' '), keys);
  });
}

test('a node whose label says nothing is not bound', () => {
  assert.equal(bindings('', [{ id: 'X', label: 'Users of Git' }]).nodes.size, 0);
});

test('a comment that cannot be used is told with its line, and the label holds', () => {
  const source = [
    'flowchart LR',
    '%% live Internet = git',
    '%% live X',
    '%% live X = GitRepo/a/b',
    '%% live X = Bucket/a/b/c',
    '%% live Y = *',
  ].join('\n');
  const { nodes, problems } = bindings(source, [
    { id: 'X', label: 'K8s' },
    { id: 'Y', label: 'Why' },
  ]);
  assert.deepEqual(
    problems.map(({ line, text }) => `${line} ${text}`),
    [
      '2 the diagram has no node “Internet” (a subgraph cannot be bound)',
      '3 “X” is not of the form “node = Kind/namespace/name”',
      '4 “GitRepo” is no kind that is watched',
      '5 “Bucket/a/b/c” has more than kind, namespace and name',
      '6 “*” needs a role: user, git, webhook, receiver, source, applier, flux, cluster',
    ],
  );
  assert.deepEqual([...nodes], [['X', { role: 'cluster' }]]);
});

test('what a drawing keeps of the comments binds like the source', () => {
  const source = 'flowchart LR\n %% live G = Bucket\r\nG((Source)) %% live G = x\n%% a remark';
  const nodes = [{ id: 'G', label: 'Source' }];
  assert.equal(liveComments(source), '%% live G = Bucket');
  assert.deepEqual(bindings(liveComments(source), nodes), bindings(source, nodes));
});

test('two nodes of one role are told apart by the kinds that they name', () => {
  const nodes = ['GitRepository', 'Bucket', 'Source'].map((label) => ({ id: label, label }));
  const bound = bindings('flowchart LR', nodes).nodes;
  assert.deepEqual(
    nodes.map(({ id }) => bound.get(id)),
    [
      { role: 'source', refs: ['GitRepository/*/*'] },
      { role: 'source', refs: ['Bucket/*/*'] },
      { role: 'source' },
    ],
  );
});
