import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Detail, mostTelling, stand } from '../../src/shared/detail.ts';
import type { Timed } from '../../src/shared/event.ts';
import type { Flow, Role, Seconds } from '../../src/shared/flow.ts';
import { happened } from '../../src/shared/happened.ts';
import { atRest, empty, reduce } from '../../src/shared/reduce.ts';
import {
  APPLIER,
  aPush,
  applier,
  on,
  SOURCE,
  source,
  WORKLOAD,
  workload,
} from '../helpers/story.ts';

const START = empty({ state: 'live', text: 'Live' });
const node = (role: Role) => ({ label: 'Node', binding: { role } });

function after(run: readonly Timed[]): Flow {
  return run.reduce((flow, { at, event }) => reduce(flow, event, at), START);
}

/** A detail as lines of text; spaces that do not break are spaces. */
function told({ title, place, sign, state, message, sections }: Detail): string[] {
  const rows = sections.flatMap((section) => [
    ...(section.title ? [`# ${section.title}`] : []),
    ...section.rows.map(({ label, text, more }) => [label, text, more].filter(Boolean).join(' | ')),
  ]);
  const head = [title, place, sign ?? '', state, message].filter(Boolean).join(' | ');
  return [head, ...rows].map((line) => line.replaceAll('\u00a0', ' '));
}

const detail = (flow: Flow, role: Role, now: Seconds, wanted?: string) =>
  told(stand(flow, node(role), now, wanted).detail);

test('a detail has state, revision, conditions, changes, countdown and notices', () => {
  const flow = after([
    ...aPush(),
    on(
      20.62,
      applier({
        revision: 'main@sha1:a3deec73fd3df985b09e2419cbecdfa0c70af3ea',
        since: 20.614,
        next: 40.614,
        message: 'Applied revision: main@sha1:a3deec73fd3df985b09e2419cbecdfa0c70af3ea',
        conditions: [
          { type: 'Ready', status: 'True', reason: 'ReconciliationSucceeded', since: 20.568 },
          { type: 'Healthy', status: 'True', message: 'Health check passed in 5.076915122s' },
        ],
      }),
    ),
    on(20.63, { type: 'notice', key: APPLIER, text: 'next run in 20s', severity: 'info' }),
  ]);
  assert.deepEqual(detail(flow, 'applier', 30.1), [
    'Kustomization podinfo | flux-system | ready | ready for 9 s | Applied revision: main@a3deec7',
    'Revision | “Say hello to the webinar” · a3deec7',
    'Flux looks | in 11 s',
    '# Conditions',
    'Ready | True · reconciliation succeeded · 9 s',
    'Healthy | True | Health check passed in 5.1s',
    '# Last changes',
    '9 s ago | ready · a3deec7',
    '14 s ago | progressing for 5.4 s',
    '# Notices',
    '9 s ago | next run in 20s',
  ]);
});

test('a workload says who applied it, and counts down with that', () => {
  const flow = after([
    on(1, applier({ next: 40 })),
    on(2, workload({ status: 'drifted', since: 2, ready: 0, owner: APPLIER, message: 'deleted' })),
  ]);
  assert.deepEqual(detail(flow, 'cluster', 10), [
    'Deployment podinfo | podinfo | drifted | drifted for 8 s | deleted',
    'Pods | 0 ready of 2',
    'Flux looks | in 30 s',
    'Applied by | Kustomization podinfo',
    '# Last changes',
    '8 s ago | drifted',
  ]);
  assert.ok(detail(flow, 'cluster', 50).includes('Flux looks | any moment now'));
});

test('a detail is that of its moment, and changes just when it says', () => {
  const run = aPush();
  const flow = after(run.filter(({ at }) => at < 15.3));
  assert.match(detail(flow, 'applier', 15.3)[0] ?? '', /progressing for 0 s$/);
  let now = 15.3;
  for (let turn = 0; turn < 40; turn++) {
    const { next, detail: shown } = stand(flow, node('applier'), now);
    assert.ok(next !== undefined && next > now);
    assert.deepEqual(stand(flow, node('applier'), (now + next) / 2).detail, shown);
    assert.notDeepEqual(stand(flow, node('applier'), next).detail, shown);
    now = next;
  }
});

test('what has failed or waits says why', () => {
  const flow = after([on(1, applier({ status: 'failed', reason: 'BuildFailed', since: 1 }))]);
  assert.match(detail(flow, 'applier', 5)[0] ?? '', /failed for 4 s: build failed$/);
});

test('several objects behind a node are a choice, worst first, and the worst is told', () => {
  const other = 'Deployment/podinfo/backend';
  const flow = after([on(1, workload()), on(2, workload({ key: other, status: 'failed' }))]);
  const { choices, chosen } = stand(flow, node('cluster'), 3);
  assert.deepEqual(
    choices.map(({ title, sign }) => `${title} ${sign}`),
    ['Deployment backend failed', 'Deployment podinfo ready'],
  );
  assert.equal(chosen, other);
  assert.equal(stand(flow, node('cluster'), 3, WORKLOAD).chosen, WORKLOAD);
  assert.equal(stand(flow, node('cluster'), 3, 'Deployment/gone/gone').chosen, other);
});

test('what is not watched now says what it was last', () => {
  const flow = after([
    on(1, source()),
    on(2, { type: 'health', state: 'stale', text: 'The connection is lost' }),
  ]);
  const [head] = detail(flow, 'source', 3);
  assert.match(head ?? '', /stale \| not watched now, last seen ready/);
});

test('Git tells its commits, newest first; what has done nothing says so', () => {
  const flow = after(aPush());
  assert.deepEqual(detail(flow, 'git', 20), [
    'Node | “Say hello to the webinar” 5 s ago',
    '# Commits',
    '5 s ago | “Say hello to the webinar” · a3deec7',
  ]);
  assert.deepEqual(detail(START, 'webhook', 20), ['Node | nothing has been seen of it yet']);
});

test('the node to tell of is the worst, and of equals what changed last', () => {
  const nodes = (['user', 'source', 'applier', 'cluster'] as const).map(node);
  const most = (flow: Flow) => mostTelling(flow, nodes)?.binding.role;
  const calm = [on(1, source({ since: 1 })), on(3, applier({ since: 3 })), on(2, workload())];
  assert.equal(most(after(calm)), 'applier');
  assert.equal(most(after([...calm, on(4, source({ status: 'failed', since: 4 }))])), 'source');
  assert.equal(most(START), 'user');
  assert.equal(mostTelling(START, []), undefined);
});

test('what happened is found by kind, name and words, at rest too, and not before it is shown', () => {
  const flow = after(aPush());
  const words = (wanted: string, now = 30) =>
    happened(atRest(flow), now, wanted).map(({ text }) => text);
  assert.equal(
    words('').at(-1),
    'Kustomization podinfo: applied main@a3deec7, 5.6 s after the push',
  );
  assert.equal(words('')[0], 'Commit a3deec7: “Say hello to the webinar”');
  assert.deepEqual(words('gitrepository FETCHED'), [
    'GitRepository podinfo: fetched main@a3deec7, 0.3 s after the push',
  ]);
  assert.ok(words('flux-system').length > 2, SOURCE);
  assert.deepEqual(words('nothing of that'), []);
  assert.ok(words('', 20.7).length < words('').length);
});
