import assert from 'node:assert/strict';
import type { Timed } from '../../src/shared/event.ts';
import type { Flow, Seconds } from '../../src/shared/flow.ts';
import { pacedAll } from '../../src/shared/pace.ts';
import { createPlayer } from '../../src/shared/player.ts';
import { parseRecording, stringifyRecording } from '../../src/shared/recording.ts';
import { decodeDown, encode } from '../../src/shared/wire.ts';
import { liveWitness, pacedWitness, recordingOf, seeker, type Watch, witness } from './feeds.ts';
import { reset } from './stage.ts';

/**
 * What every run must obey, however it was come by and however it is watched.
 * `moments` are when to look; before, within and after the run.
 */
export function assertLaws(run: readonly Timed[], moments: readonly Seconds[]): void {
  for (const at of moments) {
    const truth = witness(run, at);
    assertSame('the wire keeps a flow whole', overTheWire(truth), truth);
    for (const [name, watch] of waysToWatch(run)) assertSame(name, watch(run, at), truth);
    const shown = seeker('visible')(run, at);
    for (const tick of [0.016, 0.4]) {
      const played = pacedWitness('visible', tick)(run, at);
      assertSame(`seeking is playing up to it, paced, every ${tick} s`, played, shown);
    }
  }
  assertSeekingAround(run, moments);
  assertRoundTrip(run);
  assertNothingLost(run);
}

function waysToWatch(run: readonly Timed[]): [string, Watch][] {
  const middle = run[Math.floor(run.length / 2)]?.at ?? 0;
  return [
    ['replay is live', seeker('real')],
    ['an unpaced page sees it as it happened', pacedWitness('real', 0.4)],
    ['who was there from the start has seen it all', liveWitness(Number.NEGATIVE_INFINITY)],
    ['who joined late has seen it all', liveWitness(middle)],
    ['who joined last has seen it all', liveWitness(Number.POSITIVE_INFINITY)],
  ];
}

/** Wherever the player was before, a moment is the same moment. */
function assertSeekingAround(run: readonly Timed[], moments: readonly Seconds[]): void {
  for (const pace of ['visible', 'real'] as const) {
    const options = { pace, shorten: true };
    const player = createPlayer(recordingOf(run), options);
    for (const at of [...moments, ...moments.toReversed(), ...moments.toSorted((a, b) => a - b)]) {
      const direct = createPlayer(recordingOf(run), options).flowAt(at);
      assertSame('seeking back and forth changes nothing', player.flowAt(at), direct);
    }
  }
}

function assertRoundTrip(run: readonly Timed[]): void {
  const recording = recordingOf(run);
  const parsed = parseRecording(stringifyRecording(recording));
  assert.deepEqual(parsed, { recording }, 'a recording is read as it was written');
}

function assertNothingLost(run: readonly Timed[]): void {
  const shown = pacedAll(run, 'visible');
  assert.deepEqual(
    new Set(shown.map(({ event }) => event)),
    new Set(run.map(({ event }) => event)),
    'pacing loses nothing and adds nothing',
  );
  for (const { at, shown: when } of shown) {
    assert.ok(when >= at && when <= at + 4 + 1e-9, `${at} is shown at ${when}`);
  }
}

function overTheWire(flow: Flow): Flow | undefined {
  const message = decodeDown(encode({ ...reset(1), flow }));
  return message?.type === 'reset' ? message.flow : undefined;
}

function assertSame(law: string, actual: Flow | undefined, expected: Flow): void {
  assert.deepEqual(actual, expected, law);
}
