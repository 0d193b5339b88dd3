import assert from 'node:assert/strict';
import { test } from 'node:test';
import { healthOf, type KindState, type LinkState } from '../../../server/cluster/watch/health.ts';
import type { Health } from '../../../src/shared/flow.ts';

const up: LinkState = { type: 'up', since: 0 };
const fine: KindState = { type: 'live' };
const forbidden: KindState = { type: 'refused', status: 403 };
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
    { GitRepository: { type: 'refused', status: 401 } },
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
  assert.deepEqual(told({ Bucket: fine }, { link: { type: 'lost', since: 99.5 } }), well);
  assert.deepEqual(told({ Bucket: fine }, { link: { type: 'lost', since: 99 } }), {
    state: 'stale',
    text: 'The cluster does not answer',
  });
});

test('what is stale becomes live by being watched, never by a fresh start alone', () => {
  const before: Health = { state: 'stale', text: 'The cluster does not answer' };
  const kinds = { GitRepository: { type: 'pending', since: now }, Bucket: fine } as const;
  const link: LinkState = { type: 'up', since: now };
  const health = { state: 'stale', text: 'Catching up with the cluster' };
  assert.deepEqual(told(kinds, { link, before }), health);
  assert.deepEqual(told({ GitRepository: fine, Bucket: fine }, { link, before }), well);
});
