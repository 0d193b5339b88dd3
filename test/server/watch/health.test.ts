import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  healthOf,
  type KindState,
  type LinkState,
  type Trial,
} from '../../../server/cluster/watch/health.ts';
import type { Health } from '../../../src/shared/flow.ts';

const known: Trial = { from: 0, until: 3 };
const up: LinkState = { type: 'up', trial: known };
const fine: KindState = { type: 'live' };
const forbidden: KindState = { type: 'refused', status: 403, message: 'no', since: 1 };
const absent: KindState = { type: 'absent' };
const well: Health = { state: 'live', text: 'Live' };
const now = 100;

function told(
  kinds: Record<string, KindState>,
  { link = up, before = well }: { link?: LinkState; before?: Health } = {},
): Health {
  return healthOf(link, new Map(Object.entries(kinds)), now, before);
}

const cases: [sentence: string, kinds: Record<string, KindState>, health: Health][] = [
  ['all is well', { GitRepository: fine, Event: fine }, well],
  [
    'a kind is forbidden',
    { GitRepository: fine, HelmRelease: forbidden },
    { state: 'stale', text: 'Not allowed to see HelmReleases', kinds: ['HelmRelease'] },
  ],
  [
    'two are',
    { GitRepository: forbidden, HelmRelease: forbidden, Bucket: fine },
    {
      state: 'stale',
      text: 'Not allowed to see GitRepositories and HelmReleases',
      kinds: ['GitRepository', 'HelmRelease'],
    },
  ],
  [
    'all are',
    { GitRepository: forbidden, HelmRelease: forbidden, Receiver: absent },
    { state: 'stale', text: 'Not allowed to see anything of Flux' },
  ],
  [
    'only words are missing',
    { GitRepository: fine, Event: forbidden },
    { state: 'live', text: 'Not allowed to see Events' },
  ],
  ['a kind is not served', { GitRepository: fine, Receiver: absent }, well],
  [
    'no kind is served',
    { GitRepository: absent, Event: fine },
    { state: 'live', text: 'Flux is not installed' },
  ],
  [
    'one namespace is seen',
    { GitRepository: { type: 'live', only: 'demo' }, Bucket: { type: 'live', only: 'demo' } },
    { state: 'live', text: 'Only namespace demo' },
  ],
  [
    'our credentials are refused',
    { GitRepository: { type: 'refused', status: 401, message: 'no', since: 1 } },
    { state: 'stale', text: 'The cluster does not accept our credentials' },
  ],
  ['a watch begins again', { GitRepository: fine, Bucket: { type: 'pending', since: 99.5 } }, well],
  [
    'a watch does not come back',
    { GitRepository: fine, Bucket: { type: 'pending', since: 99 } },
    { state: 'stale', text: 'No word of Buckets', kinds: ['Bucket'] },
  ],
];

for (const [sentence, kinds, health] of cases) {
  test(`health when ${sentence}`, () => assert.deepEqual(told(kinds), health));
}

test('a lost connection is forgiven for a second, not for longer', () => {
  assert.deepEqual(
    told({ Bucket: fine }, { link: { type: 'lost', since: 99.5, trial: known } }),
    well,
  );
  assert.deepEqual(told({ Bucket: fine }, { link: { type: 'lost', since: 99, trial: known } }), {
    state: 'stale',
    text: 'The cluster does not answer',
  });
});

test('what is stale becomes live by being watched, never by a fresh start alone', () => {
  const before: Health = { state: 'stale', text: 'The cluster does not answer' };
  const kinds = { GitRepository: { type: 'pending', since: now }, Bucket: fine } as const;
  const link: LinkState = { type: 'up', trial: { from: now, until: now + 10 } };
  const health = { state: 'stale', text: 'Catching up with the cluster' };
  assert.deepEqual(told(kinds, { link, before }), health);
  assert.deepEqual(told({ GitRepository: fine, Bucket: fine }, { link, before }), well);
});

test('a cluster that begins again is caught up with in one change', () => {
  const names = ['GitRepository', 'HelmRepository', 'Kustomization', 'HelmRelease', 'Event'];
  const refused: KindState = { type: 'refused', status: 403, message: 'no', since: 100.1 };
  const strange: KindState = { type: 'refused', status: 401, message: 'no', since: 100.1 };
  const kinds = new Map<string, KindState>(
    names.map((kind) => [kind, { type: 'pending', since: 50 }]),
  );
  const trial: Trial = { from: 100, until: 110 };
  const healths: Health[] = [];
  let before: Health = { state: 'stale', text: 'The cluster does not answer' };
  const look = (at: number, link: LinkState = { type: 'up', trial }) => {
    before = healthOf(link, kinds, at, before);
    healths.push(before);
  };
  look(100);
  for (const [i, kind] of names.entries()) {
    kinds.set(kind, i % 2 === 0 ? refused : strange);
    look(100.1 + i / 10);
  }
  look(101, { type: 'lost', since: 101, trial });
  for (const [i, kind] of names.entries()) {
    kinds.set(kind, { type: 'pending', since: 50 });
    look(103 + i);
    kinds.set(kind, fine);
    look(103.5 + i);
  }
  const texts = healths.map(({ text }) => text);
  assert.deepEqual(
    texts.filter((text, i) => text !== texts[i - 1]),
    ['Catching up with the cluster', 'Live'],
  );
  assert.ok(healths.every(({ kinds: some }) => some === undefined));
});

test('what is refused on trial is told when the trial is over', () => {
  const refused: KindState = { type: 'refused', status: 403, message: 'no', since: 98 };
  const during: LinkState = { type: 'up', trial: { from: 97, until: now + 0.1 } };
  const over: LinkState = { type: 'up', trial: { from: 97, until: now } };
  const kinds = { GitRepository: fine, HelmRelease: refused };
  assert.deepEqual(told(kinds, { link: during }), {
    state: 'stale',
    text: 'Catching up with the cluster',
  });
  assert.equal(told(kinds, { link: over }).text, 'Not allowed to see HelmReleases');
});

test('what was refused before is not on trial', () => {
  const link: LinkState = { type: 'up', trial: { from: 99, until: 109 } };
  const kinds = { GitRepository: fine, HelmRelease: forbidden };
  assert.equal(told(kinds, { link }).text, 'Not allowed to see HelmReleases');
});
