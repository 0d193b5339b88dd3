import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Fetch, loadRecorded } from '../../../src/feed/recorded.ts';
import { stringifyRecording } from '../../../src/shared/recording.ts';
import { recordingOf } from '../../helpers/feeds.ts';
import { aPush } from '../../helpers/story.ts';

function serving(text: string, status = 200): Fetch {
  return () => Promise.resolve({ ok: status === 200, status, text: () => Promise.resolve(text) });
}

async function problemOf(fetch: Fetch): Promise<string> {
  const loaded = await loadRecorded('runs/webinar.jsonl', fetch);
  return 'problem' in loaded ? loaded.problem : '';
}

test('a recording is had by its address', async () => {
  const fetch = serving(stringifyRecording(recordingOf(aPush())));
  const loaded = await loadRecorded('runs/webinar.jsonl', fetch);
  assert.ok('recording' in loaded);
  assert.deepEqual(loaded.recording.events, recordingOf(aPush()).events);
});

test('what keeps it from playing is said in a sentence', async () => {
  const cut = stringifyRecording(recordingOf(aPush())).replace('"pulse"', '"puls"');
  assert.equal(
    await problemOf(() => Promise.reject(new TypeError('fetch failed'))),
    'runs/webinar.jsonl cannot be reached.',
  );
  assert.equal(
    await problemOf(serving('Not found', 404)),
    'runs/webinar.jsonl cannot be had: status 404.',
  );
  assert.equal(
    await problemOf(serving('<!doctype html>')),
    'runs/webinar.jsonl is not a recording that can be played: line 1, this is not the header of a recording of version 1.',
  );
  assert.equal(
    await problemOf(serving(cut)),
    'runs/webinar.jsonl is not a recording that can be played: line 4, this is not [seconds since the line before, event].',
  );
});
