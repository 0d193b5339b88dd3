import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Timed } from '../../src/shared/event.ts';
import type { FlowEvent } from '../../src/shared/flow.ts';
import { HOP, pace, pacedAll, type Shown, startPace } from '../../src/shared/pace.ts';
import { anyRun } from '../helpers/arbitrary.ts';
import { aPush, on, pulse, SOURCE, source, workload } from '../helpers/story.ts';

function nameOf(event: FlowEvent): string {
  switch (event.type) {
    case 'pulse':
      return `${event.from} → ${event.to}`;
    case 'changed':
      return `${event.resource.role} ${event.resource.status}`;
    default:
      return event.type;
  }
}

/** When each event is shown, and how long after it happened. */
function timeline(shown: readonly Shown[]): string {
  return shown
    .map(
      (each) =>
        `${each.shown.toFixed(2)} +${(each.shown - each.at).toFixed(2)} ${nameOf(each.event)}`,
    )
    .join('\n');
}

test('a push is seen hop by hop, and what a dot brings about when the dot is there', () => {
  assert.equal(
    timeline(pacedAll(aPush(), 'visible')),
    `14.87 +0.00 marker
14.98 +0.00 user → git
15.58 +0.60 commit
15.58 +0.47 git → webhook
16.18 +1.07 webhook → receiver
16.78 +1.67 receiver → source
17.38 +2.26 source progressing
17.38 +2.24 source → git
17.98 +2.75 git → source
18.58 +3.35 source ready
18.58 +3.34 applier progressing
18.58 +3.31 source → applier
19.18 +3.68 cluster progressing
19.38 +3.71 cluster progressing
19.58 +3.76 cluster ready
20.86 +0.25 applier ready
20.86 +0.25 applier → cluster`,
  );
});

test('streams that deliver up to 250 ms out of order are put in causal order', () => {
  const run = [
    on(1, source({ status: 'progressing' })),
    on(1.1, pulse('webhook', 'receiver', 'source')),
    on(1.12, pulse('webhook', 'webhook', 'receiver')),
    on(1.14, pulse('webhook', 'git', 'webhook')),
    on(1.2, pulse('push', 'user', 'git')),
  ];
  assert.deepEqual(
    pacedAll(run, 'visible').map(({ event }) => nameOf(event)),
    [
      'user → git',
      'git → webhook',
      'webhook → receiver',
      'receiver → source',
      'source progressing',
    ],
  );
});

test('what nothing can have caused, and what depends on no dot, is shown at once', () => {
  const free: FlowEvent[] = [
    pulse('push', 'user', 'git'),
    { type: 'health', state: 'stale', text: 'Connection lost' },
    { type: 'position', slide: 1, step: 0, id: 'a' },
    { type: 'marker', name: 'drift' },
  ];
  for (const event of free) {
    let { state } = pace(startPace('visible'), on(1, pulse('poll', 'source', 'git')));
    ({ state } = pace(state, { now: 1.26 }));
    assert.deepEqual(pace(state, on(1.3, event)).due, [{ ...on(1.3, event), shown: 1.3 }]);
  }
});

test('a window is over when its time has passed, not when the next event comes', () => {
  const { state } = pace(startPace('visible'), on(1, workload()));
  assert.deepEqual(pace(state, { now: 1.2 }).due, []);
  assert.deepEqual(pace(state, { now: 1.25 }).due, [{ ...on(1, workload()), shown: 1.25 }]);
});

test('two sources are fetched side by side', () => {
  const fetches = ['a', 'b'].map((key) => on(1, pulse('fetch', 'git', 'source', { key })));
  assert.deepEqual(
    pacedAll(fetches, 'visible').map(({ shown }) => shown),
    [1.25, 1.25],
  );
});

test('a resource that is seen differently stays so for a moment, and what is not seen waits for nothing', () => {
  const run = [
    on(1, workload({ status: 'progressing' })),
    on(1, workload({ status: 'progressing', checking: true })),
    on(1, workload({ status: 'ready' })),
  ];
  assert.deepEqual(
    pacedAll(run, 'visible').map(({ shown }) => shown),
    [1.25, 1.25, 1.45],
  );
});

test('a storm is at most four seconds behind, keeps its order, and is caught up with', () => {
  const storm = Array.from({ length: 400 }, (_, ready) => on(ready * 0.05, workload({ ready })));
  const quiet = on(30, workload());
  const shown = pacedAll([...storm, quiet], 'visible');
  const behind = shown.map((each) => each.shown - each.at);
  assert.ok(Math.max(...behind) > 3.7 && Math.max(...behind) <= 4 + 1e-9);
  assert.deepEqual(
    shown.map(({ at, event }) => ({ at, event })),
    [...storm, quiet],
  );
  assert.equal(shown.at(-1)?.shown, 30.25);
});

test('a whole push at one moment is cut at four seconds, in its order', () => {
  const instant = aPush().map(({ event }) => on(1, event));
  const dots = pacedAll(instant, 'visible').filter(({ event }) => event.type === 'pulse');
  assert.deepEqual(
    dots.map(({ shown }) => shown.toFixed(1)),
    ['1.0', '1.6', '2.2', '2.8', '3.4', '4.0', '4.6', '5.0'],
  );
});

test('a notice and a removal keep their place among what happens to their resource', () => {
  const run = [
    on(1, { type: 'removed', key: SOURCE } as const),
    on(1.01, source()),
    on(1.02, { type: 'notice', key: SOURCE, text: 'new', severity: 'info' } as const),
    on(1.03, pulse('push', 'user', 'git')),
    on(1.04, pulse('apply', 'applier', 'cluster')),
  ];
  const names = pacedAll(run, 'visible').map(({ event }) => nameOf(event));
  assert.deepEqual(names, ['user → git', 'applier → cluster', 'removed', 'source ready', 'notice']);
});

test('real is what happened, when it happened', () => {
  assert.deepEqual(
    pacedAll(aPush(), 'real'),
    aPush().map((timed) => ({ ...timed, shown: timed.at })),
  );
});

test('an event that comes late is shown late, not in the past', () => {
  const { state } = pace(startPace('real'), { now: 5 });
  assert.deepEqual(
    pace(state, on(4.9, source())).due.map(({ shown }) => shown),
    [5],
  );
});

test('in whatever portions time passes, the same is shown at the same times', () => {
  fc.assert(
    fc.property(
      anyRun,
      fc.infiniteStream(fc.double({ min: 0.001, max: 3, noNaN: true })),
      (run, ticks) => {
        let state = startPace('visible');
        const shown: Shown[] = [];
        const feed = (input: Timed | { now: number }) => {
          const step = pace(state, input);
          state = step.state;
          for (const due of step.due) assert.ok(due.shown <= state.now, 'nothing is shown early');
          shown.push(...step.due);
        };
        let now = 0;
        for (const timed of run) {
          for (now += ticks.next().value ?? 1; now < timed.at; now += ticks.next().value ?? 1)
            feed({ now });
          now = timed.at;
          feed(timed);
        }
        feed({ now: now + 10 });
        assert.deepEqual(shown, pacedAll(run, 'visible'));
      },
    ),
  );
});

test('what happens to one resource is shown in the order in which it happened', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const byKey = (timed: readonly Timed[]) =>
        Map.groupBy(
          timed.map(({ event }) => event),
          (event) =>
            event.type === 'changed'
              ? event.resource.key
              : event.type === 'removed' || event.type === 'notice'
                ? event.key
                : '',
        );
      const shown = byKey(pacedAll(run, 'visible'));
      for (const [key, events] of byKey(run)) if (key) assert.deepEqual(shown.get(key), events);
    }),
  );
});

test('no dot sets off before the one that caused it has arrived, unless four seconds have passed', () => {
  const order = ['push', 'webhook', 'fetch', 'attempt', 'apply'];
  fc.assert(
    fc.property(anyRun, (run) => {
      const dots = pacedAll(run, 'visible').filter(
        ({ event }) => event.type === 'pulse' && order.includes(event.why),
      );
      const placeOf = ({ event }: Shown) =>
        event.type === 'pulse' ? order.indexOf(event.why) : -1;
      for (const [index, dot] of dots.entries()) {
        for (const cause of dots.slice(0, index)) {
          const isCause = placeOf(cause) < placeOf(dot) && cause.at <= dot.at - 0.25;
          const isCapped = dot.shown >= dot.at + 3.75 - 1e-9;
          if (isCause && !isCapped) assert.ok(dot.shown >= cause.shown + HOP - 1e-9);
        }
      }
    }),
  );
});
