import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Timed } from '../../src/shared/event.ts';
import type { Flow } from '../../src/shared/flow.ts';
import { atRest, empty, reduce, reduceAll } from '../../src/shared/reduce.ts';
import { toSnapshot } from '../../src/shared/snapshot.ts';
import { anyRun } from '../helpers/arbitrary.ts';
import {
  A3DEEC7,
  APPLIER,
  aPush,
  applier,
  on,
  pulse,
  SOURCE,
  source,
  WORKLOAD,
  workload,
} from '../helpers/story.ts';

const START = empty({ state: 'live', text: 'Live' });

function after(run: readonly Timed[], start: Flow = START): Flow {
  return run.reduce((flow, { at, event }) => reduce(flow, event, at), start);
}

test('a push leaves what user, Git and webhook did last, and the push that words count from', () => {
  const flow = after(aPush());
  assert.deepEqual(
    [...flow.facts],
    [
      ['git', { at: 14.982, text: '“Say hello to the webinar”' }],
      ['user', { at: 14.982, text: 'pushed' }],
      ['webhook', { at: 15.115, text: 'delivered' }],
    ],
  );
  assert.deepEqual(flow.push, {
    at: 14.982,
    revision: A3DEEC7,
    subject: 'Say hello to the webinar',
  });
  assert.deepEqual(flow.marker, { name: 'push', at: 14.87 });
  assert.deepEqual(flow.resources.get(APPLIER)?.revision, A3DEEC7);
});

test('a commit and its push may come in either order', () => {
  const [, commit, push] = aPush();
  assert.ok(commit && push);
  const one = after([commit, push]);
  const other = after([push, commit]);
  assert.deepEqual(one.push, other.push);
  assert.deepEqual(one.facts.get('git'), other.facts.get('git'));
});

test('a push that tells no commit is shown by its revision, and does not keep an old subject', () => {
  const flow = after([
    ...aPush(),
    on(30, pulse('push', 'user', 'git', { revision: `main@sha1:${'b'.repeat(40)}` })),
  ]);
  assert.deepEqual(flow.facts.get('git'), { at: 30, text: 'bbbbbbb' });
  assert.equal(flow.push?.subject, undefined);
});

test('a push forgets what the webhook did for the one before', () => {
  const push = pulse('push', 'user', 'git', { revision: 'b'.repeat(40) });
  const again = pulse('webhook', 'webhook', 'receiver', { key: SOURCE });
  const flow = after([...aPush(), on(60, push)]);
  assert.equal(flow.facts.get('webhook'), undefined);
  assert.equal(after([on(60.1, again)], flow).facts.get('webhook')?.at, 60.1);
});

test('a push that is seen by what it brought keeps its own webhook, which came before', () => {
  const arrival = (letter: string) =>
    pulse('push', 'user', 'git', { key: SOURCE, revision: `main@sha1:${letter.repeat(40)}` });
  const webhook = pulse('webhook', 'webhook', 'receiver', { key: SOURCE });
  const one = after([on(1, webhook), on(3, arrival('a'))]);
  assert.equal(one.facts.get('webhook')?.at, 1);
  const two = after([on(20, webhook), on(22, arrival('b'))], one);
  assert.equal(two.facts.get('webhook')?.at, 20);
  const found = after([on(50, arrival('c'))], two);
  assert.equal(found.facts.get('webhook'), undefined);
});

test('a push without a revision takes that of the next commit, and its own time', () => {
  const flow = after([
    on(3, pulse('push', 'user', 'git')),
    on(3.5, { type: 'commit', revision: A3DEEC7, subject: 'Hello' }),
  ]);
  assert.deepEqual(flow.push, { at: 3, revision: A3DEEC7, subject: 'Hello' });
  assert.deepEqual(flow.facts.get('git'), { at: 3.5, text: '“Hello”' });
});

test('a push without a revision is not that of a commit much later', () => {
  const push = on(3, pulse('push', 'user', 'git'));
  assert.deepEqual(after([push]).facts.get('git'), { at: 3, text: 'push' });
  const flow = after([push, on(60, { type: 'commit', revision: A3DEEC7, subject: 'Hello' })]);
  assert.equal(flow.push?.at, 60);
});

test('pulses of the last second are kept, by when they are shown', () => {
  const flow = reduce(START, pulse('poll', 'source', 'git'), 1, 3);
  assert.deepEqual(
    flow.pulses.map(({ at }) => at),
    [3],
  );
  assert.equal(reduce(flow, source(), 3.9).pulses.length, 1);
  assert.equal(reduce(flow, source(), 4).pulses.length, 0);
});

test('the last twenty lines are kept', () => {
  const run = Array.from({ length: 25 }, (_, ready) => on(ready, workload({ ready, total: 99 })));
  const { lines } = after(run);
  assert.equal(lines.length, 20);
  assert.equal(lines.at(-1)?.text, 'Deployment podinfo: 24 of 99 ready');
  assert.equal(lines.at(-1)?.key, WORKLOAD);
});

test('what a resource came to be is kept, six times, and goes with it', () => {
  const run = Array.from({ length: 9 }, (_, i) =>
    on(i, applier({ status: i % 2 === 0 ? 'progressing' : 'ready', message: 'anything' })),
  );
  const again = on(9, applier({ status: 'progressing', message: 'anything else' }));
  const flow = after([...run, again]);
  assert.deepEqual(
    flow.transitions?.get(APPLIER)?.map(({ at, status }) => `${at} ${status}`),
    ['3 ready', '4 progressing', '5 ready', '6 progressing', '7 ready', '8 progressing'],
  );
  const gone = reduce(flow, { type: 'removed', key: APPLIER }, 10);
  assert.deepEqual([...(gone.transitions ?? [])], []);
});

test('a revision that is new is a transition, its status unchanged', () => {
  const flow = after([on(1, source()), on(2, source({ revision: A3DEEC7 }))]);
  assert.deepEqual(flow.transitions?.get(SOURCE), [
    { at: 1, status: 'ready' },
    { at: 2, status: 'ready', revision: A3DEEC7 },
  ]);
});

test('a status and its revision are one transition when they are written together', () => {
  const flow = after([
    on(1, source({ status: 'progressing' })),
    on(2, source()),
    on(2.008, source({ revision: A3DEEC7 })),
  ]);
  assert.deepEqual(flow.transitions?.get(SOURCE), [
    { at: 1, status: 'progressing' },
    { at: 2, status: 'ready', revision: A3DEEC7 },
  ]);
});

test('the last five notices of a resource are kept', () => {
  const run = Array.from({ length: 7 }, (_, i) =>
    on(i + 1, { type: 'notice', key: SOURCE, text: `${i}`, severity: 'info' }),
  );
  const { notices } = after([on(0, source()), ...run]);
  assert.deepEqual(
    notices?.get(SOURCE)?.map(({ text }) => text),
    ['2', '3', '4', '5', '6'],
  );
});

test('the last twenty commits are kept, each once, with the beginning of its patch', () => {
  const patch = 'a line of a patch\n'.repeat(1000);
  const run = Array.from({ length: 22 }, (_, i) =>
    on(i, { type: 'commit', revision: `${i}`, subject: `Commit ${i}`, patch }),
  );
  const again = on(30, { type: 'commit', revision: '5', subject: 'Commit 5' });
  const { commits = [] } = after([...run, again]);
  assert.equal(commits.length, 20);
  assert.deepEqual([commits[0]?.subject, commits.at(-1)?.at], ['Commit 2', 30]);
  const kept = commits[0]?.patch ?? '';
  assert.ok(kept.length <= 8000 && kept.endsWith('patch'), kept.slice(-40));
});

test('at rest all that happened is still to be read, two hundred lines of it', () => {
  const run = Array.from({ length: 250 }, (_, ready) => on(ready, workload({ ready, total: 999 })));
  const rest = atRest(after(run));
  assert.deepEqual([rest.lines.length, rest.happened?.length], [0, 200]);
  assert.equal(rest.happened?.at(-1)?.text, 'Deployment podinfo: 249 of 999 ready');
});

test('a flow once given stays what it was', () => {
  const flows = [START];
  for (const { at, event } of aPush()) flows.push(reduce(flows.at(-1) ?? START, event, at));
  const kept = structuredClone(flows);
  for (const { at, event } of aPush()) reduce(flows.at(-1) ?? START, event, at + 100);
  reduce(flows.at(-1) ?? START, { type: 'removed', key: WORKLOAD }, 200);
  assert.deepEqual(flows, kept);
});

test('notices are of resources that are there, and go with them', () => {
  const flow = after([
    on(1, workload()),
    on(1, source()),
    on(2, { type: 'notice', key: WORKLOAD, text: 'Scaled up', severity: 'info' }),
    on(2, { type: 'notice', key: SOURCE, text: 'stored artifact', severity: 'info' }),
    on(3, { type: 'removed', key: WORKLOAD }),
    on(4, { type: 'notice', key: WORKLOAD, text: 'Deleted pod', severity: 'info' }),
  ]);
  assert.equal(flow.resources.has(WORKLOAD), false);
  assert.deepEqual(
    [...(flow.notices ?? [])],
    [[SOURCE, [{ at: 2, text: 'stored artifact', severity: 'info' }]]],
  );
});

test('health and position are what was told last', () => {
  const flow = after([
    on(1, { type: 'health', state: 'stale', kinds: ['Deployment'], text: 'No watch' }),
    on(2, { type: 'position', slide: 6, step: 1, id: 'diagram' }),
  ]);
  assert.deepEqual(flow.health, { state: 'stale', kinds: ['Deployment'], text: 'No watch' });
  assert.deepEqual(flow.position, { slide: 6, step: 1, id: 'diagram' });
});

test('at rest a flow keeps what is true and forgets how it came about', () => {
  const flow = after(aPush());
  const rest = atRest(flow);
  assert.deepEqual(rest.resources, flow.resources);
  assert.deepEqual([rest.lines, rest.pulses, rest.facts.size], [[], [], 0]);
});

test('a status that stays the same keeps its line out, whatever else changes', () => {
  const { lines } = after([
    on(1, applier()),
    on(2, applier({ revision: A3DEEC7, checking: true })),
  ]);
  assert.deepEqual(lines, []);
});

test('a batch comes to what its events come to one by one, and leaves the flow before it alone', () => {
  fc.assert(
    fc.property(anyRun, fc.nat(40), (events, middle) => {
      const first = START;
      const half = reduceAll(first, events.slice(0, middle));
      const kept = toSnapshot(half);
      const whole = reduceAll(half, events.slice(middle));
      let single = first;
      for (const { event, at } of events) single = reduce(single, event, at);
      assert.deepEqual(toSnapshot(whole), toSnapshot(single));
      assert.deepEqual(toSnapshot(half), kept);
    }),
  );
});
