import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { createPlayer } from '../../src/shared/player.ts';
import { parseRecording, type Recording } from '../../src/shared/recording.ts';
import { atRest, empty, reduceAll } from '../../src/shared/reduce.ts';
import { scenes } from '../../src/shared/scene.ts';
import { createStills } from '../../src/stills.ts';
import { recordingOf } from '../helpers/feeds.ts';
import { aPush, on } from '../helpers/story.ts';

const SHIPPED = './recordings/webinar.jsonl';
const OWN = './runs/push-0.jsonl';

function shipped(): Recording {
  const parsed = parseRecording(readFileSync('assets/recordings/webinar.jsonl', 'utf8'));
  assert.ok('recording' in parsed);
  return parsed.recording;
}

const own = recordingOf([...aPush(), on(22, { type: 'marker', name: 'end' })]);
const recordings = new Map([
  [SHIPPED, shipped()],
  [OWN, own],
]);

function stillsOf(runs: { scene: string; recording: string }[] = [], kept = recordings) {
  return createStills({ recording: SHIPPED, runs }, (address) => {
    const recording = kept.get(address);
    return Promise.resolve(
      recording
        ? { player: createPlayer(recording, { pace: 'real', shorten: false }) }
        : { problem: `${address} cannot be reached.` },
    );
  });
}

/** What truly was: every event of the scene up to then, and what was known before it. */
function truth(recording: Recording, name: string, seconds: number) {
  const scene = scenes(recording).find((each) => each.name === name);
  assert.ok(scene);
  const first = {
    ...empty(recording.flow.health),
    resources: new Map(recording.flow.resources.map((each) => [each.key, each])),
  };
  const before = atRest(reduceAll(first, recording.events.slice(0, scene.first)));
  const now = Math.round((scene.from + seconds) * 1000) / 1000;
  const until = recording.events.slice(scene.first, scene.end).filter(({ at }) => at <= now);
  return {
    now,
    resources: reduceAll(before, until).resources,
    lines: reduceAll(before, until).lines,
  };
}

test('a moment is what truly was then, in whatever order moments are gone to', async () => {
  const recording = shipped();
  const all = scenes(recording).flatMap(({ name, from, to }) =>
    Array.from({ length: Math.floor((to - from) * 2) }, (_, half) => ({
      scene: name,
      seconds: half / 2,
    })),
  );
  const stills = stillsOf();
  await stills.open();
  fc.assert(
    fc.property(fc.constantFrom(...all), (still) => {
      const { flow, now, time } = stills.moment(still);
      const { resources, lines, now: then } = truth(recording, still.scene, still.seconds);
      assert.deepEqual([now, time], [then, 'frozen']);
      assert.deepEqual(flow.resources, resources);
      assert.deepEqual(flow.lines, lines);
      assert.equal(flow.health.state, 'recorded');
    }),
  );
});

test('it is told as recorded, in words, and never as live', async () => {
  const stills = stillsOf();
  const still = { scene: 'push', seconds: 3.2 };
  assert.equal(stills.moment(still).badge, 'Recorded');
  assert.equal(stills.moment(still).flow.health.state, 'recorded');
  await stills.open();
  assert.equal(stills.moment(still).badge, 'Recorded 2026-11-22 · push, 3.2\u00A0s after it began');
  assert.equal(stills.moment({ scene: 'x', seconds: 1 }).badge, 'There is no recording of x');
});

test('a run of the speaker’s own comes before the one that ships, for its scene only', async () => {
  const stills = stillsOf([{ scene: 'push', recording: OWN }]);
  await stills.open();
  assert.equal(
    stills.moment({ scene: 'push', seconds: 1 }).badge,
    'Recorded 2026-08-07 · push, 1.0\u00A0s after it began',
  );
  assert.match(stills.moment({ scene: 'drift', seconds: 1 }).badge, /^Recorded 2026-11-22/);
});

test('a moment past the end of a shorter run is its end', async () => {
  const stills = stillsOf([{ scene: 'push', recording: OWN }]);
  await stills.open();
  const { flow } = stills.moment({ scene: 'push', seconds: 600 });
  assert.deepEqual(flow.resources, truth(own, 'push', 600).resources);
});

test('a recording that can’t be had is told of, and asked for again', async () => {
  const kept = new Map<string, Recording>();
  const stills = stillsOf([], kept);
  await stills.open();
  assert.match(stills.moment({ scene: 'push', seconds: 1 }).badge, /cannot be reached/);
  kept.set(SHIPPED, shipped());
  await stills.open();
  assert.match(stills.moment({ scene: 'push', seconds: 1 }).badge, /^Recorded/);
});
