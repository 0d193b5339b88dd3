import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseCapture } from '../../../server/cluster/capture.ts';
import { replay } from '../../../server/cluster/replay.ts';
import { fakeTime } from '../../helpers/time.ts';

const header = '{"run":"test","version":1,"started":"2026-11-22T15:00:00.000Z"}';

describe('a capture', () => {
  test('is its header and what was observed, in the order of time', () => {
    const capture = parseCapture(
      [
        header,
        '{"t":3,"marker":"push"}',
        '{"t":1,"watch":"Pod","type":"LISTED","resourceVersion":"1"}',
        '{"t":2,"git":"webhook","status":200,"repository":"a.git","revision":"abc"}',
        '',
      ].join('\n'),
    );
    assert.deepEqual(capture.problems, []);
    assert.equal(capture.header?.run, 'test');
    assert.deepEqual(capture.observations, [
      { at: 1, type: 'watch', kind: 'Pod', change: 'LISTED', object: undefined },
      {
        at: 2,
        type: 'git',
        repository: 'a.git',
        happened: { what: 'webhook', status: 200, revision: 'abc' },
      },
      { at: 3, type: 'marker', name: 'push' },
    ]);
  });

  test('keeps the order of what has the same time', () => {
    const lines = ['a', 'b', 'c'].map((name) => JSON.stringify({ t: 1, marker: name }));
    const { observations } = parseCapture([header, ...lines].join('\n'));
    assert.deepEqual(
      observations.map((each) => (each.type === 'marker' ? each.name : '')),
      ['a', 'b', 'c'],
    );
  });

  test('tells which lines cannot be read, and reads the others', () => {
    const capture = parseCapture(
      [
        header,
        'not JSON',
        '{"marker":"no time"}',
        '{"t":1}',
        '{"t":1,"watch":"Pod","type":"GONE"}',
        '{"t":1,"git":"gossip"}',
        '{"t":1,"marker":"fine"}',
        '{"t":2,"watch":"Pod","type":"ADDED","object":{"metadata":{"name":"cut of',
      ].join('\n'),
    );
    assert.deepEqual(
      capture.problems.map(({ line }) => line),
      [2, 3, 4, 5, 6, 8],
    );
    assert.equal(capture.observations.length, 1);
  });

  test('without a header has a problem in line 1', () => {
    for (const first of ['', '{}', header.replace('1', '2'), header.replace('2026', 'x')]) {
      const { header: none, problems } = parseCapture(`${first}\n{"t":1,"marker":"push"}`);
      assert.equal(none, undefined);
      assert.equal(problems[0]?.line, 1);
    }
  });
});

describe('a replay', () => {
  const observations = [0, 0.5, 0.5, 2].map((at) => ({ at, type: 'tick' }) as const);

  test('gives each observation at its time', () => {
    const time = fakeTime();
    const seen: string[] = [];
    replay(observations, time, ({ at }) => seen.push(`${at} at ${time.clock()}`));
    assert.deepEqual(seen, ['0 at 0']);
    time.pass(1);
    assert.deepEqual(seen, ['0 at 0', '0.5 at 0.5', '0.5 at 0.5']);
    time.pass(1);
    assert.deepEqual(seen.at(-1), '2 at 2');
  });

  test('gives nothing more once it is stopped', () => {
    const time = fakeTime();
    const seen: number[] = [];
    const stop = replay(observations, time, ({ at }) => {
      seen.push(at);
      if (at === 0.5) stop();
    });
    time.pass(9);
    assert.deepEqual(seen, [0, 0.5]);
  });
});
