import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  parseRecording,
  type Recording,
  recordingHeader,
  stringifyRecording,
} from '../../src/shared/recording.ts';
import { scenes } from '../../src/shared/scene.ts';
import { recordingOf } from '../helpers/feeds.ts';
import { aPush, on, source } from '../helpers/story.ts';

const HEADER = recordingHeader(recordingOf([]));
const MARKER = '{"type":"marker","name":"push"}';

function problemOf(text: string): string {
  const parsed = parseRecording(text);
  return 'problem' in parsed ? `${parsed.problem.line}: ${parsed.problem.text}` : 'none';
}

function timesOf(text: string): number[] {
  const parsed = parseRecording(text);
  return 'problem' in parsed ? [] : parsed.recording.events.map(({ at }) => at);
}

test('a recording is a header, then seconds since the line before', () => {
  const text = stringifyRecording(
    recordingOf([on(1.5, { type: 'marker', name: 'push' }), on(1.7504, source())]),
  );
  assert.equal(
    text,
    `{"version":1,"title":"Run","started":"2026-08-07T13:37:00.000Z","flow":{"resources":[],"health":{"state":"recorded","text":"Recorded 2026-08-07"}}}
[1.5,{"type":"marker","name":"push"}]
[0.25,{"type":"changed","resource":{"key":"GitRepository/flux-system/podinfo","role":"source","status":"ready","since":0}}]
`,
  );
});

test('times do not drift, however many lines there are', () => {
  const run = Array.from({ length: 10_000 }, (_, index) =>
    on(Math.round(index * 0.1234 * 1000) / 1000, { type: 'marker', name: 'push' } as const),
  );
  assert.deepEqual(
    timesOf(stringifyRecording(recordingOf(run))),
    run.map(({ at }) => at),
  );
});

test('a deck, resources and times before the start are kept', () => {
  const recording: Recording = {
    ...recordingOf([on(-0.5, { type: 'marker', name: 'push' }), ...aPush()]),
    deck: 'sha256:1',
    flow: {
      resources: [{ key: 'Receiver/a/b', role: 'receiver', status: 'ready', since: -30 }],
      health: { state: 'live', text: 'Live', kinds: ['Receiver'] },
    },
  };
  assert.deepEqual(parseRecording(stringifyRecording(recording)), { recording });
});

test('comments, blank lines, a byte order mark and any line ends are fine', () => {
  const lines = [
    `\uFEFF${HEADER}`,
    '# the push',
    '',
    `[1,${MARKER}]`,
    '  [9, not a step',
    `[0.5,${MARKER}]`,
  ];
  for (const end of ['\n', '\r\n', '\r']) assert.deepEqual(timesOf(lines.join(end)), [1, 1.5]);
  assert.deepEqual(timesOf(`# made by hand\n${HEADER}\n[2,${MARKER}]`), [2]);
});

test('a last line that was cut short is left out', () => {
  assert.deepEqual(timesOf(`${HEADER}\n[1,${MARKER}]\n[1,{"type":"mar`), [1]);
});

test('a text that is no recording is a problem with its line', () => {
  const table: [string, string][] = [
    ['', '1: this is not the header of a recording of version 1'],
    ['<!doctype html>', '1: this is not the header of a recording of version 1'],
    [
      HEADER.replace('"version":1', '"version":2'),
      '1: this is not the header of a recording of version 1',
    ],
    [`# a comment\n[1,${MARKER}]`, '2: this is not the header of a recording of version 1'],
    [
      `${HEADER}\n[1,{"type":"mar\n[1,${MARKER}]`,
      '2: this is not [seconds since the line before, event]',
    ],
    [
      `${HEADER}\n# why\n[1,{"type":"exploded"}]`,
      '3: this is not [seconds since the line before, event]',
    ],
    [`${HEADER}\n["1",${MARKER}]`, '2: this is not [seconds since the line before, event]'],
    [`${HEADER}\n[1,${MARKER},2]`, '2: this is not [seconds since the line before, event]'],
    [`${HEADER}\n[1,${MARKER}]\n[-1,${MARKER}]`, '3: here time goes backwards'],
  ];
  for (const [text, problem] of table) assert.equal(problemOf(text), problem);
});

test('what is not in the vocabulary does not come in', () => {
  const line =
    '[1,{"type":"changed","resource":{"key":"A/b/c","role":"source","status":"ready","since":0,"__proto__":{"x":1},"token":"secret"}}]';
  const parsed = parseRecording(`${HEADER}\n${line}`);
  assert.ok('recording' in parsed);
  assert.deepEqual(parsed.recording.events, [
    on(1, {
      type: 'changed',
      resource: { key: 'A/b/c', role: 'source', status: 'ready', since: 0 },
    }),
  ]);
});

test('a scene lasts from its marker to the next, and the end begins none', () => {
  const marker = (at: number, name: string) => on(at, { type: 'marker', name } as const);
  const run = [
    on(1, source()),
    marker(2, 'push'),
    on(3, source()),
    marker(4, 'drift'),
    marker(9, 'push'),
    marker(12, 'end'),
  ];
  assert.deepEqual(scenes({ events: run }), [
    { name: 'push', from: 2, to: 4, first: 1, end: 3 },
    { name: 'drift', from: 4, to: 9, first: 3, end: 4 },
    { name: 'push', from: 9, to: 12, first: 4, end: 5 },
  ]);
  assert.deepEqual(scenes({ events: run.slice(0, 3) }), [
    { name: 'push', from: 2, to: 3, first: 1, end: 3 },
  ]);
  assert.deepEqual(scenes({ events: [] }), []);
});
