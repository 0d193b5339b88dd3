import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { createHub } from '../../server/hub.ts';
import { record } from '../../server/recorder.ts';
import { completeScene, runsIn } from '../../server/runs.ts';
import type { Timed } from '../../src/shared/event.ts';
import { createPlayer } from '../../src/shared/player.ts';
import { parseRecording, type Recording, stringifyRecording } from '../../src/shared/recording.ts';
import { STARTED } from '../helpers/feeds.ts';
import { folderWith } from '../helpers/folder.ts';
import { A3DEEC7, APPLIER, aPush, applier, on, source, workload } from '../helpers/story.ts';
import { fakeTime } from '../helpers/time.ts';

const END = on(21, { type: 'marker', name: 'end' });
const before = [on(0, source()), on(0, applier()), on(0, workload())];

function recordingOf(events: Timed[]): Recording {
  return {
    title: 'A talk',
    started: STARTED,
    flow: { resources: [], health: { state: 'live', text: 'Live' } },
    events,
  };
}

test('what a hub tells is kept as a recording, of which a kill costs the last line only', async () => {
  const time = fakeTime();
  const health = { state: 'live', text: 'Live' } as const;
  const hub = createHub({ ...time, started: STARTED, health, show: { feed: 'live' } });
  const file = path.join(folderWith(), 'runs', 'one.jsonl');
  const problems: string[] = [];
  const about = { title: 'A talk', started: STARTED };
  const stop = record({ file, about, hub, onProblem: (words) => problems.push(words) });
  for (const { at, event } of aPush()) hub.publish(at, [event]);
  await stop();
  hub.publish(99, [source()]);
  const text = readFileSync(file, 'utf8');
  const parsed = parseRecording(text);
  assert.ok('recording' in parsed);
  assert.deepEqual(parsed.recording, { ...recordingOf(aPush()) });
  assert.deepEqual(problems, []);
  assert.equal(statSync(file).mode & 0o077, 0, 'nobody else may read it');
  const cut = parseRecording(text.slice(0, -20));
  assert.ok('recording' in cut);
  assert.equal(cut.recording.events.length, aPush().length - 1);
});

test('a run that cannot be kept is told once, and the talk goes on', async () => {
  const time = fakeTime();
  const health = { state: 'live', text: 'Live' } as const;
  const hub = createHub({ ...time, started: STARTED, health, show: { feed: 'live' } });
  const folder = folderWith({ taken: 'a file' });
  const problem = await new Promise<string>((resolve) => {
    const file = path.join(folder, 'taken', 'one.jsonl');
    record({ file, about: { title: '', started: STARTED }, hub, onProblem: resolve });
  });
  assert.equal(problem, "This run can't be kept: a file stands where a folder should.");
  hub.publish(1, [source()]);
});

test('what cannot be removed keeps no talk from beginning', async () => {
  // A folder in a file's place is as little to be unlinked as a file on a read-only disk.
  const folder = folderWith({
    '01.jsonl/inside': '',
    '02.jsonl': 'empty',
    '03.jsonl': 'empty',
    '04.jsonl': 'empty',
  });
  const next = await runsIn(folder).next('2026-11-22T18:47:01.123Z');
  assert.equal(path.basename(next), '2026-11-22T18-47-01-123Z.jsonl');
  assert.deepEqual(readdirSync(folder).sort(), ['01.jsonl', '03.jsonl', '04.jsonl']);
});

test('a run whose file cannot be made is told once, and the talk goes on', async () => {
  const time = fakeTime();
  const health = { state: 'live', text: 'Live' } as const;
  const hub = createHub({ ...time, started: STARTED, health, show: { feed: 'live' } });
  // The folder is there, the file is not to be had: as on a disk that has become read-only.
  const file = path.join(folderWith({ 'one.jsonl/inside': '' }), 'one.jsonl');
  const problems: string[] = [];
  const stop = await new Promise<() => Promise<void>>((resolve) => {
    const about = { title: '', started: STARTED };
    const ending = record({
      file,
      about,
      hub,
      onProblem: (words) => {
        problems.push(words);
        resolve(ending);
      },
    });
  });
  hub.publish(1, [source()]);
  await stop();
  assert.equal(problems.length, 1);
});

test('a complete scene is cut out with what was known before it', () => {
  const whole = recordingOf([...before, ...aPush(), END, on(30, source({ status: 'failed' }))]);
  const cut = completeScene(whole, 'push');
  assert.ok(cut);
  assert.deepEqual(cut.events, aPush());
  assert.equal(cut.flow.resources.length, 3);
  const track = createPlayer(cut, { pace: 'real', shorten: false }).scene('push');
  assert.ok(track);
  assert.equal(track.rest.resources.get(APPLIER)?.revision, undefined);
  assert.equal(track.flowAt(21).resources.get(APPLIER)?.revision, A3DEEC7);
});

test('a scene that did not come to its end, or was not seen whole, is not complete', () => {
  const lost = on(18, { type: 'health', state: 'stale', text: 'The cluster does not answer' });
  const blind = [...before, ...aPush(), lost, END].toSorted((a, b) => a.at - b.at);
  assert.equal(completeScene(recordingOf([...before, ...aPush()]), 'push'), undefined);
  assert.equal(completeScene(recordingOf(blind), 'push'), undefined);
  assert.equal(completeScene(recordingOf([...before, ...aPush(), END]), 'drift'), undefined);
});

test('the newest complete run of a scene is found, whatever broken files lie about', async () => {
  const older = recordingOf([...before, ...aPush(), END]);
  const folder = folderWith({
    '2026-11-20T10-00-00-000Z.jsonl': stringifyRecording({ ...older, title: 'oldest' }),
    '2026-11-21T10-00-00-000Z.jsonl': stringifyRecording({ ...older, title: 'newer' }),
    '2026-11-22T10-00-00-000Z.jsonl': stringifyRecording(recordingOf(aPush())),
    '2026-11-22T11-00-00-000Z.jsonl': 'no recording at all',
  });
  const newest = await runsIn(folder).scenes();
  assert.equal(newest.get('push')?.title, 'newer');
  assert.equal(newest.get('drift'), undefined);
  const nowhere = await runsIn(path.join(folder, 'nowhere')).scenes();
  assert.equal(nowhere.get('push'), undefined);
});

test('three talks are kept, and of those with a complete scene three as well', async () => {
  const good = stringifyRecording(recordingOf([...before, ...aPush(), END]));
  const folder = folderWith({
    '01.jsonl': good,
    '02.jsonl': good,
    '03.jsonl': good,
    '04.jsonl': 'empty',
    '05.jsonl': 'empty',
    '06.jsonl': 'empty',
  });
  const next = await runsIn(folder).next('2026-11-22T18:47:01.123Z');
  assert.equal(path.basename(next), '2026-11-22T18-47-01-123Z.jsonl');
  assert.deepEqual(readdirSync(folder).sort(), ['02.jsonl', '03.jsonl', '05.jsonl', '06.jsonl']);
});
