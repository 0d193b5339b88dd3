import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fluxdeck } from '../../helpers/command.ts';
import { folderWith } from '../../helpers/folder.ts';
import { serve } from '../../helpers/serve.ts';

const LIMIT = { timeout: 30_000 };
const DECK = 'slides/flux-basics.md';

test('without a demo and without a talk a scene is refused, with the cure', LIMIT, async () => {
  const { code, out, err } = await fluxdeck(['scene', 'push'], { state: folderWith() });
  assert.equal(code, 1);
  assert.equal(out, '');
  assert.match(err, /^fluxdeck: .* `fluxdeck demo up` makes one\.\n$/);
});

test('a scene that there is not is a wrong question, and the others are named', LIMIT, async () => {
  const { code, err } = await fluxdeck(['scene', 'pusch']);
  assert.equal(code, 2);
  assert.match(err, /push, drift, scale, break, fix, suspend, resume, poll/);
});

test('a talk that is open is asked, as its presenter, and its answer told', LIMIT, async () => {
  const state = folderWith();
  const talk = await serve(DECK, {
    state,
    args: ['--from', 'test/fixtures/runs/webinar.jsonl'],
  });
  try {
    const plain = await fluxdeck(['scene', 'push'], { state });
    assert.deepEqual([plain.code, plain.out], [1, '']);
    assert.match(plain.err, /^fluxdeck: A capture plays .* no scene can run in it\.\n$/);
    const json = await fluxdeck(['scene', 'push', '--json'], { state });
    assert.equal(json.code, 1);
    assert.match(JSON.parse(json.out).failed, /^A capture plays/);
  } finally {
    await talk.stop();
  }
  const later = await fluxdeck(['scene', 'push'], { state });
  assert.match(later.err, /demo up/, 'a talk that is closed is asked no more');
});

test('a talk that shows a recorded run has no cluster to run a scene in', LIMIT, async () => {
  const state = folderWith();
  const talk = await serve(DECK, { state });
  try {
    const { code, err } = await fluxdeck(['scene', 'push'], { state });
    assert.equal(code, 1);
    assert.match(err, /`fluxdeck demo up` makes one/);
  } finally {
    await talk.stop();
  }
});
