import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Batch,
  type Down,
  decodeDown,
  decodeUp,
  encode,
  type Up,
} from '../../src/shared/wire.ts';
import { anyEvent, anyRun } from '../helpers/arbitrary.ts';
import { nothing, STARTED, witness } from '../helpers/feeds.ts';

const anyTime = fc
  .integer({ min: -9_000, max: 900_000 })
  .map((milliseconds) => milliseconds / 1000);
const anyBatch: fc.Arbitrary<Batch> = fc.record(
  { seq: fc.nat(), at: anyTime, events: fc.array(anyEvent, { maxLength: 4 }) },
  { noNullPrototype: true },
);

test('every message down is read as it was written', () => {
  const anyDown = fc.oneof(
    fc.array(anyBatch, { maxLength: 3 }).map((batches): Down => ({ type: 'frame', batches })),
    anyRun.map(
      (run): Down => ({
        type: 'reset',
        flow: witness(run, 99),
        seq: run.length,
        started: STARTED,
        now: 3,
        show: { feed: 'live' },
        played: [{ name: 'push', slide: 'how' }, { name: 'drift' }],
      }),
    ),
    anyTime.map((now): Down => ({ type: 'alive', now })),
    fc.string().map((name): Down => ({ type: 'scene', name, began: 4.5, now: 5 })),
    fc
      .string()
      .map((slide): Down => ({ type: 'scene', name: 'push', began: 4.5, ended: 9, slide, now: 9 })),
    fc.string().map(
      (recording): Down => ({
        type: 'show',
        now: 5,
        show: { feed: 'recorded', recording, runs: [{ scene: 'push', recording: './runs/push' }] },
        played: [],
      }),
    ),
    fc.string().map((text): Down => ({ type: 'told', text })),
    fc.jsonValue().map(
      (payload): Down => ({
        type: 'deck',
        payload: JSON.parse(JSON.stringify(payload)) as unknown,
      }),
    ),
  );
  fc.assert(
    fc.property(anyDown, (message) => assert.deepEqual(decodeDown(encode(message)), message)),
  );
});

test('every message up is read as it was written', () => {
  const messages: Up[] = [
    { type: 'scene', name: 'push' },
    { type: 'scene', name: 'push', slide: 'how-flux-does-it', by: 'step' },
    { type: 'show', feed: 'recorded' },
    { type: 'position', slide: 6, step: 1 },
  ];
  for (const message of messages) assert.deepEqual(decodeUp(encode(message)), message);
});

test('a reset tells the scene that is running', () => {
  const message: Down = {
    type: 'reset',
    flow: nothing,
    seq: 7,
    started: STARTED,
    now: 12,
    show: { feed: 'recorded', recording: './recordings/webinar.jsonl' },
    scene: { name: 'drift', began: 11 },
    played: [],
  };
  assert.deepEqual(decodeDown(encode(message)), message);
});

test('what is no message is none, and nothing throws', () => {
  const wrong: unknown[] = [
    undefined,
    null,
    7,
    new ArrayBuffer(2),
    '',
    '{',
    'null',
    '[]',
    '{"type":"toString"}',
    '{"type":["alive"],"now":1}',
    '{"type":"alive"}',
    '{"type":"alive","now":"1"}',
    '{"type":"alive","now":1e999}',
    '{"type":"scene","name":7,"began":1,"now":1}',
    '{"type":"frame","batches":[{"seq":-1,"at":0,"events":[]}]}',
    '{"type":"frame","batches":[{"seq":1,"at":0,"events":[{"type":"pulse","from":"user","to":"moon","why":"push"}]}]}',
    '{"type":"reset","seq":0,"started":"","now":0,"flow":{}}',
    `${'['.repeat(100_000)}`,
  ];
  for (const message of wrong) {
    assert.equal(decodeDown(message), undefined);
    assert.equal(decodeUp(message), undefined);
  }
});

test('any damage to a message is a message or none, never an error', () => {
  fc.assert(
    fc.property(anyBatch, fc.nat(), fc.string({ maxLength: 3 }), (batch, place, junk) => {
      const text = encode({ type: 'frame', batches: [batch] });
      const cut = place % text.length;
      const message = decodeDown(text.slice(0, cut) + junk + text.slice(cut + 1));
      assert.ok(message === undefined || typeof message.type === 'string');
    }),
  );
});
