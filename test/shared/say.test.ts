import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Timed } from '../../src/shared/event.ts';
import type { FlowEvent, Resource } from '../../src/shared/flow.ts';
import { empty, reduce } from '../../src/shared/reduce.ts';
import {
  A3DEEC7,
  APPLIER,
  aPush,
  applier,
  changed,
  on,
  pulse,
  SOURCE,
  source,
  WORKLOAD,
  workload,
} from '../helpers/story.ts';

const START = empty({ state: 'live', text: 'Live' });

/** What an audience reads: each line with its time, oldest first. */
function told(run: readonly Timed[], start = START): string {
  return run
    .reduce((flow, { at, event }) => reduce(flow, event, at), start)
    .lines.map(({ at, text }) => `${at} ${text}`)
    .join('\n');
}

/** What one event says to those who saw the one before. */
function toldAfter(before: FlowEvent, event: FlowEvent, at = 10): string {
  return (
    told([on(0, before), on(at, event)])
      .split('\n')
      .at(-1)
      ?.replace(/^\S+ /, '') ?? ''
  );
}

test('a push is told from the commit to the apply, with the times it really took', () => {
  assert.equal(
    told(aPush()),
    `14.982 Commit a3deec7: “Say hello to the webinar”
14.982 Pushed a3deec7 to Git
15.115 Webhook delivered
15.235 GitRepository podinfo: fetched main@a3deec7, 0.3 s after the push
15.273 Kustomization podinfo: applying main@a3deec7, 0.3 s after the push
15.501 Deployment podinfo: rolling out
15.827 Deployment podinfo: 2 of 2 ready
20.614 Kustomization podinfo: applied main@a3deec7, 5.6 s after the push`,
  );
});

test('a correction that somebody asked for says so', () => {
  assert.equal(
    told([
      on(24.8, workload({ status: 'drifted', ready: 5, total: 5, since: 24.8 })),
      on(27.7, pulse('correct', 'applier', 'cluster', { key: WORKLOAD, asked: true })),
    ]),
    `24.8 Deployment podinfo: drifted
27.7 Deployment podinfo: put back by Flux, as somebody asked, 2.9 s after it drifted`,
  );
});

test('drift is told with when Flux looks, and its correction with how long it lasted', () => {
  assert.equal(
    told([
      on(0, workload()),
      on(24.8, workload({ status: 'drifted', ready: 0, since: 24.8, next: 37 })),
      on(37.1, pulse('correct', 'applier', 'cluster', { key: WORKLOAD })),
      on(37.1, workload({ status: 'progressing', ready: 0, since: 37.1 })),
      on(37.4, workload({ status: 'progressing', ready: 1, since: 37.1 })),
      on(37.9, workload({ since: 37.9 })),
    ]),
    `24.8 Deployment podinfo: drifted, Flux looks in 12 s
37.1 Deployment podinfo: put back by Flux, 12 s after it drifted
37.1 Deployment podinfo: rolling out, 0 of 2 ready
37.4 Deployment podinfo: 1 of 2 ready
37.9 Deployment podinfo: 2 of 2 ready`,
  );
});

test('a status is told as what it means', () => {
  const table: [Partial<Resource>, string][] = [
    [
      { status: 'failed', reason: 'BuildFailed', message: 'kustomize build failed: no such file' },
      'Kustomization podinfo: kustomize build failed: no such file',
    ],
    [
      { status: 'failed', reason: 'ReconciliationFailed' },
      'Kustomization podinfo: cannot be applied',
    ],
    [{ status: 'failed' }, 'Kustomization podinfo: failed'],
    [
      {
        status: 'waiting',
        reason: 'DependencyNotReady',
        message: "dependency 'shop/backend' is not ready",
      },
      'Kustomization podinfo: waiting for backend',
    ],
    [
      {
        status: 'waiting',
        reason: 'ArtifactFailed',
        message: 'Source artifact not found, retrying in 30s',
      },
      'Kustomization podinfo: waiting for its source',
    ],
    [{ status: 'waiting' }, 'Kustomization podinfo: waiting'],
    [{ status: 'drifted' }, 'Kustomization podinfo: drifted'],
    [{ status: 'drifted', next: 9 }, 'Kustomization podinfo: drifted'],
    [{ status: 'suspended' }, 'Kustomization podinfo: suspended'],
    [{ status: 'terminating' }, 'Kustomization podinfo: being deleted'],
    [{ status: 'unknown' }, 'Kustomization podinfo: status unknown'],
  ];
  for (const [more, words] of table) assert.equal(toldAfter(applier(), applier(more)), words);
});

test('what gets well again is told by what it was', () => {
  const table: [Partial<Resource>, Partial<Resource>, string][] = [
    [{ status: 'suspended' }, { status: 'progressing' }, 'Kustomization podinfo: resumed'],
    [{ status: 'suspended' }, { status: 'ready' }, 'Kustomization podinfo: resumed'],
    [{ status: 'failed' }, { status: 'ready' }, 'Kustomization podinfo: ready again'],
    [{ status: 'waiting' }, { status: 'ready' }, 'Kustomization podinfo: ready again'],
  ];
  for (const [before, after, words] of table) {
    assert.equal(toldAfter(applier(before), applier(after)), words);
  }
});

test('what changes nothing for the audience is not told', () => {
  const notice = {
    type: 'notice',
    key: APPLIER,
    text: 'Reconciliation finished',
    severity: 'info',
  } as const;
  assert.equal(
    told([
      on(0, applier()),
      on(1, workload()),
      on(2, applier({ checking: true })),
      on(3, source({ status: 'progressing' })),
      on(4, source()),
      on(5, notice),
      on(6, { type: 'position', slide: 1, step: 0, id: 'diagram' }),
      on(7, { type: 'removed', key: 'Deployment/podinfo/never-seen' }),
    ]),
    '',
  );
});

test('a deleted object is told once it is gone', () => {
  assert.equal(
    toldAfter(workload(), { type: 'removed', key: WORKLOAD }),
    'Deployment podinfo: deleted',
  );
});

test('a lost connection is told in its own words, once', () => {
  const lost = { type: 'health', state: 'stale', text: 'Connection lost' } as const;
  assert.equal(told([on(1, lost), on(2, lost)]), '1 Connection lost');
});

test('how a page comes to be connected is not told: nothing has happened in the cluster', () => {
  const start = { ...START, health: { state: 'stale', text: 'Connecting' } } as const;
  const catching = { type: 'health', state: 'stale', text: 'Catching up' } as const;
  const live = { type: 'health', state: 'live', text: 'Live' } as const;
  const lost = { type: 'health', state: 'stale', text: 'The cluster does not answer' } as const;
  const begin = [on(1, catching), on(2, live)];
  assert.equal(told(begin, start), '');
  assert.equal(
    told([...begin, on(3, lost), on(4, live)], start),
    '3 The cluster does not answer\n4 Live',
  );
});

test('of single kinds that are not seen no line is told: the badge says it', () => {
  const kinds = ['Bucket'];
  const blind: FlowEvent = { type: 'health', state: 'stale', kinds, text: 'No word' };
  const live = { type: 'health', state: 'live', text: 'Live' } as const;
  assert.equal(told([on(1, blind), on(2, live), on(3, blind)]), '');
});

test('a push that shows only by its arrival is not counted from', () => {
  const revision = 'main@sha1:3c1dd37f98fea3955ec64247498aa305f6346500';
  const pushed = on(1, pulse('push', 'user', 'git', { revision }));
  const fetched = on(1, pulse('fetch', 'git', 'source', { key: SOURCE, revision }));
  assert.match(told([pushed, fetched]), /fetched main@3c1dd37$/);
});

test('a poll is no line: if it brings something, the fetch tells', () => {
  const poll = pulse('poll', 'source', 'git', { key: SOURCE });
  const [, , push = on(0, source())] = aPush();
  const fetch = pulse('fetch', 'git', 'source', { key: SOURCE, revision: A3DEEC7 });
  assert.equal(
    told([on(1, poll), push, on(31, poll), on(32, fetch), on(42, poll)]),
    `14.982 Pushed a3deec7 to Git
32 GitRepository podinfo: fetched main@a3deec7, 17 s after the push`,
  );
});

test('polls are in the list of all that happened, those in a row as one line with the last time', () => {
  const poll = pulse('poll', 'source', 'git', { key: SOURCE });
  const { happened = [] } = [on(1, poll), on(11, poll), on(12, workload()), on(13, poll)].reduce(
    (flow, { at, event }) => reduce(flow, event, at),
    reduce(START, workload({ status: 'drifted' }), 0),
  );
  assert.deepEqual(
    happened.map(({ at, text }) => `${at} ${text}`),
    [
      '0 Deployment podinfo: drifted',
      '11 GitRepository podinfo: asked Git for changes',
      '12 Deployment podinfo: 2 of 2 ready',
      '13 GitRepository podinfo: asked Git for changes',
    ],
  );
});

test('a revision is counted from its own push only', () => {
  const revision = 'main@sha1:3c1dd37f98fea3955ec64247498aa305f6346500';
  const [, , push = on(0, source())] = aPush();
  assert.equal(
    toldAfter(push.event, pulse('apply', 'applier', 'cluster', { key: APPLIER, revision })),
    'Kustomization podinfo: applied main@3c1dd37',
  );
});

test('a long message is cut', () => {
  const message = `${'x'.repeat(99)} ${'y'.repeat(90)}`;
  assert.equal(
    toldAfter(applier(), applier({ status: 'failed', reason: 'BuildFailed', message })),
    `Kustomization podinfo: build failed, ${'x'.repeat(99)}…`,
  );
});

test('no line shouts, and none shows a whole revision', () => {
  const lines = told([
    ...aPush(),
    on(30, changed({ key: 'A/b/c', role: 'applier', status: 'failed', since: 0 })),
  ]);
  assert.doesNotMatch(lines, /!|[0-9a-f]{8}/);
});
