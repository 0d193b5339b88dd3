import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Timed } from '../../src/shared/event.ts';
import type { FlowEvent } from '../../src/shared/flow.ts';
import { createPlayer } from '../../src/shared/player.ts';
import { recordingOf } from '../helpers/feeds.ts';
import { APPLIER, aPush, on, pulse, SOURCE, source, WORKLOAD, workload } from '../helpers/story.ts';

const PLAIN = { pace: 'real', shorten: false } as const;

/** A setup, a push, and a drift that Flux lets be for a long time. */
function aTalk(): Timed[] {
  return [
    on(0.5, { type: 'marker', name: 'setup' }),
    on(1, source()),
    on(2, workload()),
    ...aPush(),
    on(24.746, { type: 'marker', name: 'drift' }),
    on(24.838, workload({ status: 'drifted', ready: 0, since: 24.838, next: 80 })),
    on(80, pulse('correct', 'applier', 'cluster', { key: WORKLOAD })),
    on(80, workload({ since: 80 })),
    on(81, { type: 'marker', name: 'end' }),
  ];
}

test('a recording never says live', () => {
  const recording = recordingOf([
    on(1, { type: 'health', state: 'live', text: 'Live' }),
    on(2, { type: 'health', state: 'stale', kinds: ['Deployment'], text: 'No watch' }),
    on(3, { type: 'health', state: 'live', kinds: ['Deployment'], text: 'Live' }),
  ]);
  recording.flow.health = { state: 'live', text: 'Live' };
  const { flowAt } = createPlayer(recording, PLAIN);
  assert.deepEqual(flowAt(0).health, { state: 'recorded', text: 'Recorded 2026-08-07' });
  assert.deepEqual(flowAt(1).health, { state: 'recorded', text: 'Recorded 2026-08-07' });
  assert.deepEqual(flowAt(2).health, { state: 'stale', kinds: ['Deployment'], text: 'No watch' });
  assert.deepEqual(flowAt(3).health.state, 'recorded');
});

test('what was known before the first event is there from the start', () => {
  const recording = recordingOf([]);
  recording.flow.resources = [{ key: SOURCE, role: 'source', status: 'ready', since: -9 }];
  assert.equal(createPlayer(recording, PLAIN).flowAt(-100).resources.get(SOURCE)?.since, -9);
});

test('a scene begins at rest, with what was true and nothing of what was before', () => {
  const player = createPlayer(recordingOf(aTalk()), { pace: 'visible', shorten: false });
  const drift = player.scene('drift');
  assert.ok(drift);
  assert.equal(drift.from, 24.746);
  assert.equal(drift.rest.resources.get(WORKLOAD)?.status, 'ready');
  assert.ok(drift.rest.resources.get(APPLIER)?.revision);
  assert.deepEqual([drift.rest.lines, drift.rest.pulses, drift.rest.facts.size], [[], [], 0]);
  assert.deepEqual(drift.flowAt(25).lines, []);
  assert.deepEqual(
    drift.flowAt(25.2).lines.map(({ text }) => text),
    ['Deployment podinfo: drifted, Flux looks in 55 s'],
  );
  assert.equal(drift.flowAt(1000).resources.get(WORKLOAD)?.status, 'ready');
  assert.equal(drift.flowAt(1000).marker?.name, 'drift');
});

test('each scene ends in what is true where the next one begins', () => {
  const player = createPlayer(recordingOf(aTalk()), PLAIN);
  const names = player.scenes.map(({ name }) => name);
  assert.deepEqual(names, ['setup', 'push', 'drift']);
  for (const [index, name] of names.slice(1).entries()) {
    const before = player.scene(names[index] ?? '');
    assert.deepEqual(before?.flowAt(1000).resources, player.scene(name)?.rest.resources);
  }
  assert.equal(player.scene('suspend'), undefined);
});

test('a track lasts until its last dot has arrived', () => {
  const player = createPlayer(recordingOf(aTalk()), { pace: 'visible', shorten: false });
  const push = player.scene('push');
  assert.equal(push?.to.toFixed(3), '21.864');
  assert.equal(push?.duration.toFixed(3), '6.994');
  assert.deepEqual(push?.flowAt(push.to), push?.flowAt(1000));
});

test('silences are shortened to two seconds, times stay true, and the page can say so', () => {
  const drift = createPlayer(recordingOf(aTalk()), { pace: 'real', shorten: true }).scene('drift');
  assert.ok(drift);
  const { timeline, duration } = drift;
  assert.equal(duration.toFixed(3), '3.092');
  assert.deepEqual(timeline.recorded(0), { at: 24.746, fast: false });
  assert.equal(timeline.recorded(0.592).fast, false);
  const within = timeline.recorded(1.592);
  assert.equal(within.fast, true);
  assert.ok(within.at > 50 && within.at < 55);
  const { at, fast } = timeline.recorded(2.093);
  assert.deepEqual([at.toFixed(3), fast], ['80.001', false]);
  assert.equal(drift.flowAt(at).pulses[0]?.at, 80);
});

test('elapsed and recorded time are each other’s inverse', () => {
  for (const shorten of [true, false]) {
    const { timeline, from, to } = createPlayer(recordingOf(aTalk()), { pace: 'visible', shorten });
    let before = Number.NEGATIVE_INFINITY;
    for (let at = from - 1; at < to + 5; at += 0.37) {
      const elapsed = timeline.elapsed(at);
      assert.ok(elapsed > before, 'time only goes forward');
      before = elapsed;
      assert.ok(Math.abs(timeline.recorded(elapsed).at - at) < 1e-9);
    }
  }
});

test('seeking in a long recording reads no more than a stride of it', () => {
  let reads = 0;
  const event: FlowEvent = {
    type: 'marker',
    get name() {
      reads += 1;
      return 'tick';
    },
  };
  const run = Array.from({ length: 5_000 }, (_, index) => on(index, event));
  const { flowAt } = createPlayer(recordingOf(run), PLAIN);
  flowAt(4_999);
  for (const at of [2_500, 4_500, 100]) {
    reads = 0;
    assert.equal(flowAt(at).marker?.at, at);
    assert.ok(reads > 0 && reads <= 128, `${reads} reads`);
  }
});
