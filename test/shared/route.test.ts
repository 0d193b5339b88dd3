import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseCapture } from '../../server/cluster/capture.ts';
import { flowEvents } from '../../server/cluster/observe.ts';
import type { Role } from '../../src/shared/flow.ts';
import { routes } from '../../src/shared/route.ts';
import { DIAGRAMS, graph } from '../helpers/graph.ts';

/** `B→G` along the arrow, `B←·G` against it, `-` for a hop that the diagram lacks. */
function way(text: string, from: Role, to: Role, key?: string, comments?: string): string {
  const legs = routes(graph(text, comments))(from, to, key);
  if (!legs) return '-';
  return legs
    .map(({ edge, forward }) => {
      const [, a, b] = edge.split('_');
      return forward ? `${a}→${b}` : `${b}↺${a}`;
    })
    .join(' ');
}

const HOPS: { what: string; from: Role; to: Role; easy: string; inside: string; ga: string }[] = [
  { what: 'push', from: 'user', to: 'git', easy: 'A→B', inside: 'A→B', ga: 'A→B' },
  { what: 'poll', from: 'source', to: 'git', easy: 'F↺B', inside: 'G→B', ga: 'G→B' },
  { what: 'webhook sent', from: 'git', to: 'webhook', easy: '-', inside: '-', ga: 'B→W' },
  {
    what: 'webhook delivered',
    from: 'webhook',
    to: 'receiver',
    easy: 'B→F',
    inside: 'B↺G',
    ga: 'W→R',
  },
  { what: 'webhook handled', from: 'receiver', to: 'source', easy: '-', inside: '-', ga: 'R→G' },
  { what: 'fetch', from: 'git', to: 'source', easy: 'B→F', inside: 'B↺G', ga: 'B↺G' },
  { what: 'attempt', from: 'source', to: 'applier', easy: '-', inside: 'G→K', ga: 'G→K' },
  { what: 'apply, correct', from: 'applier', to: 'cluster', easy: 'F→L', inside: 'K→L', ga: 'K→L' },
];

for (const { what, from, to, ...expected } of HOPS) {
  test(`a hop of ${what} finds its way in all three diagrams`, () => {
    assert.deepEqual(
      {
        easy: way(DIAGRAMS.easy, from, to),
        inside: way(DIAGRAMS.inside, from, to),
        ga: way(DIAGRAMS.ga, from, to),
      },
      expected,
    );
  });
}

test('every hop of a real run has its way in a diagram that has all its ends', () => {
  const capture = readFileSync(new URL('../fixtures/runs/webinar.jsonl', import.meta.url), 'utf8');
  const { header, observations } = parseCapture(capture);
  const ways = {
    easy: new Set<string>(),
    inside: new Set<string>(),
    ga: new Set<string>(),
  };
  for (const { event } of flowEvents(observations, header?.started ?? '')) {
    if (event.type !== 'pulse') continue;
    for (const diagram of ['easy', 'inside', 'ga'] as const) {
      const { from, to, key } = event;
      ways[diagram].add(`${from} to ${to}: ${way(DIAGRAMS[diagram], from, to, key)}`);
    }
  }
  assert.deepEqual(
    Object.fromEntries(Object.entries(ways).map(([name, found]) => [name, [...found].toSorted()])),
    Object.fromEntries(
      (['easy', 'inside', 'ga'] as const).map((name) => [
        name,
        HOPS.map((hop) => `${hop.from} to ${hop.to}: ${hop[name]}`).toSorted(),
      ]),
    ),
  );
});

test('a hop with an end missing is left out', () => {
  assert.equal(way('B(Git) F(Flux) ; B>F', 'user', 'git'), '-');
  assert.equal(way('B(Git) F(Flux) ; B>F', 'applier', 'cluster'), '-');
  assert.equal(way('A(User) F(Flux) ; A>F', 'git', 'source'), '-');
});

test('a hop whose ends are not joined is left out', () => {
  assert.equal(way('A(User) B(Git) ;', 'user', 'git'), '-');
});

test('the shortest way wins even against the arrows', () => {
  const text = 'B(Git) W(Webhook) G(Source) ; B>W W>G G>B';
  assert.equal(way(text, 'git', 'source'), 'B↺G');
});

test('of equally short ways the one with more arrows our way wins', () => {
  const text = 'B(Git) X(x) Y(y) G(Source) ; X>B X>G B>Y Y>G';
  assert.equal(way(text, 'git', 'source'), 'B→Y Y→G');
  assert.equal(way('G(Source) K(Kustomization) ; K>G G>K', 'source', 'applier'), 'G→K');
});

test('a way goes through nodes that stand for nothing', () => {
  assert.equal(
    way('K(Kustomization) X(API server) L(K8s) ; K>X X>L', 'applier', 'cluster'),
    'K→X X→L',
  );
});

test('a source stands in for its receiver, and Flux for whoever is missing', () => {
  const text = 'B(Git) W(Webhook) G(GitRepository) F(Flux) L(K8s) ; B>W W>F G>B G>F F>L';
  assert.equal(way(text, 'webhook', 'receiver'), 'W→F F↺G');
  assert.equal(way(text, 'source', 'applier'), 'G→F');
  assert.equal(way(text, 'applier', 'cluster'), 'F→L');
});

test('of two nodes of a role the hop takes the one bound to its resource', () => {
  const text = 'B(Git) X(GitRepository) Y(GitRepository) ; B>X B>Y';
  const comments = '%% live X = GitRepository/a/one\n%% live Y = GitRepository/a/two';
  assert.equal(way(text, 'git', 'source', 'GitRepository/a/one', comments), 'B→X');
  assert.equal(way(text, 'git', 'source', 'GitRepository/a/two', comments), 'B→Y');
  assert.equal(way(text, 'git', 'source', 'GitRepository/a/three', comments), '-');
  assert.equal(way(text, 'git', 'source', 'Bucket/a/one'), '-');
});

test('the same hop is the same array', () => {
  const route = routes(graph(DIAGRAMS.ga));
  assert.equal(route('git', 'source'), route('git', 'source'));
});
