import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Timed } from '../../src/shared/event.ts';
import { createPlayer } from '../../src/shared/player.ts';
import { empty, reduce } from '../../src/shared/reduce.ts';
import { say } from '../../src/shared/say.ts';
import { recordingOf, witness } from '../helpers/feeds.ts';
import { assertLaws } from '../helpers/laws.ts';
import { RUNS, realRun } from '../helpers/run.ts';

for (const name of RUNS) {
  test(`the laws hold for the run ${name}`, () => {
    const run = realRun(name);
    const end = run.at(-1)?.at ?? 0;
    const shortlyAfterMarkers = run.flatMap(({ at, event }) =>
      event.type === 'marker' ? [at + 0.4] : [],
    );
    assertLaws(run, [0, ...shortlyAfterMarkers.slice(0, 3), end / 2, end + 6]);
  });

  test(`the run ${name} reads as it is kept in the fixtures`, () => {
    const file = new URL(`../fixtures/words/${name}.txt`, import.meta.url);
    const words = wordsOf(realRun(name));
    // WRITE=1 keeps what is said now, to be read before it is committed.
    if (process.env.WRITE) writeFileSync(file, words);
    assert.equal(words, readFileSync(file, 'utf8'));
  });

  test(`no line of the run ${name} shouts, shows a whole revision or is longer than two rows`, () => {
    for (const line of wordsOf(realRun(name)).split('\n')) {
      assert.doesNotMatch(line, /!|[0-9a-f]{40}/);
      assert.ok(line.length < 170, line);
    }
  });
}

test('each scene of the webinar ends, paced, in what was true where the next one begins', () => {
  const run = realRun('webinar');
  const player = createPlayer(recordingOf(run), { pace: 'visible', shorten: true });
  assert.ok(player.scenes.length >= 8);
  for (const { name, to } of player.scenes) {
    const scene = player.scene(name);
    const before = run.filter(({ at }) => at < to);
    const truth = witness(before, Number.POSITIVE_INFINITY);
    assert.deepEqual(byKey(scene?.flowAt(scene.to).resources), byKey(truth.resources), name);
  }
});

/** Every line that an audience could read, with its time and the markers between. */
function wordsOf(run: readonly Timed[]): string {
  let flow = empty({ state: 'live', text: 'Live' });
  const lines: string[] = [];
  for (const { at, event } of run) {
    const text = event.type === 'marker' ? `# ${event.name}` : say(flow, event, at);
    if (text !== undefined) lines.push(`${at.toFixed(3)} ${text}`);
    flow = reduce(flow, event, at);
  }
  return `${lines.join('\n')}\n`;
}

function byKey<T>(map: ReadonlyMap<string, T> | undefined): [string, T][] {
  return [...(map ?? [])].toSorted(([a], [b]) => a.localeCompare(b));
}
