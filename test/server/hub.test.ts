import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHub, type Hub } from '../../server/hub.ts';
import { type Down, decodeDown } from '../../src/shared/wire.ts';
import { STARTED } from '../helpers/feeds.ts';
import { source, workload } from '../helpers/story.ts';
import { type FakeTime, fakeTime } from '../helpers/time.ts';

function aHub(): { hub: Hub; time: FakeTime } {
  const time = fakeTime();
  const health = { state: 'live', text: 'Live' } as const;
  return {
    hub: createHub({ ...time, started: STARTED, health, show: { feed: 'live' } }),
    time,
  };
}

/** A subscriber that keeps what it hears. */
function listener() {
  const heard: Down[] = [];
  return {
    heard,
    types: () => heard.map(({ type }) => type),
    seqs: () =>
      heard.flatMap((each) => (each.type === 'frame' ? each.batches.map(({ seq }) => seq) : [])),
    bytes: 0,
    send(text: string) {
      const message = decodeDown(text);
      assert.ok(message);
      heard.push(message);
    },
    buffered() {
      return this.bytes;
    },
  };
}

test('a subscriber first hears what is true, then what happens', () => {
  const { hub, time } = aHub();
  hub.publish(0, [source()]);
  time.pass(1);
  const page = listener();
  hub.subscribe(page);
  hub.publish(1, [workload()]);
  const [reset, frame] = page.heard;
  assert.ok(reset?.type === 'reset');
  assert.deepEqual(
    [reset.seq, reset.started, reset.now, reset.flow.resources.size],
    [1, STARTED, 1, 1],
  );
  assert.deepEqual(frame, { type: 'frame', batches: [{ seq: 2, at: 1, events: [workload()] }] });
});

test('the first batch goes at once, and the rest of 16 ms together, each with its time', () => {
  const { hub, time } = aHub();
  const page = listener();
  hub.subscribe(page);
  hub.publish(0, [source()]);
  assert.deepEqual(page.types(), ['reset', 'frame']);
  for (const at of [0.001, 0.002]) hub.publish(at, [workload()]);
  time.pass(0.015);
  assert.equal(page.heard.length, 2);
  time.pass(0.002);
  const last = page.heard.at(-1);
  assert.ok(last?.type === 'frame');
  assert.deepEqual(
    last.batches.map(({ seq, at }) => [seq, at]),
    [
      [2, 0.001],
      [3, 0.002],
    ],
  );
  time.pass(0.1);
  hub.publish(0.117, [source()]);
  assert.deepEqual(page.seqs(), [1, 2, 3, 4]);
});

test('who joins between frames hears nothing twice', () => {
  const { hub, time } = aHub();
  const early = listener();
  hub.subscribe(early);
  hub.publish(0, [source()]);
  hub.publish(0.001, [workload()]);
  const late = listener();
  hub.subscribe(late);
  time.pass(0.1);
  assert.deepEqual(early.seqs(), [1, 2]);
  assert.deepEqual(late.types(), ['reset']);
  assert.ok(late.heard[0]?.type === 'reset' && late.heard[0].seq === 2);
});

test('every two seconds the hub says that it is alive', () => {
  const { hub, time } = aHub();
  const page = listener();
  hub.subscribe(page);
  time.pass(6.5);
  assert.deepEqual(
    page.heard.slice(1),
    [2, 4, 6].map((now) => ({ type: 'alive', now })),
  );
});

test('who lags is cut off, and gets one reset when all is taken', () => {
  const { hub, time } = aHub();
  const slow = listener();
  const quick = listener();
  hub.subscribe(slow);
  hub.subscribe(quick);
  slow.bytes = 1_010_000;
  for (let count = 0; count < 10; count++) {
    hub.publish(time.clock(), [workload({ since: count })]);
    time.pass(0.1);
  }
  assert.deepEqual(slow.types(), ['reset']);
  assert.equal(quick.seqs().length, 10);
  slow.bytes = 1;
  hub.publish(1.1, [source()]);
  time.pass(0.1);
  assert.deepEqual(slow.types(), ['reset'], 'still something to take');
  slow.bytes = 0;
  hub.publish(1.2, [workload()]);
  time.pass(0.1);
  hub.publish(1.3, [source()]);
  assert.deepEqual(slow.types(), ['reset', 'reset', 'frame']);
  const [, reset, frame] = slow.heard;
  assert.ok(reset?.type === 'reset' && frame?.type === 'frame');
  assert.deepEqual([reset.seq, frame.batches[0]?.seq], [12, 13]);
  assert.deepEqual(reset.flow, quickFlow());

  function quickFlow() {
    const late = listener();
    hub.subscribe(late);
    const [first] = late.heard;
    assert.ok(first?.type === 'reset');
    return first.flow;
  }
});

test('a reset that is large by itself is no reason for another one', () => {
  const { hub, time } = aHub();
  const message = 'x'.repeat(200);
  const many = Array.from({ length: 10_000 }, (_, index) =>
    workload({ key: `Deployment/many/${index}`, message }),
  );
  hub.publish(0, many);
  const page = listener();
  hub.subscribe(page);
  page.bytes = 2_500_000;
  for (let count = 0; count < 3; count++) {
    hub.publish(time.clock(), [source()]);
    time.pass(0.1);
  }
  assert.deepEqual(page.types(), ['reset', 'frame', 'frame', 'frame']);
});

test('who lagged and then has nothing to hear is reset with the next sign of life', () => {
  const { hub, time } = aHub();
  const slow = listener();
  hub.subscribe(slow);
  slow.bytes = 2_000_000;
  hub.publish(0, [source()]);
  slow.bytes = 0;
  time.pass(2);
  assert.deepEqual(slow.types(), ['reset', 'reset']);
});

test('a subscriber that throws has left, and the others hear everything', () => {
  const { hub, time } = aHub();
  const before = listener();
  const after = listener();
  const calls: string[] = [];
  hub.subscribe(before);
  for (const broken of ['send', 'buffered']) {
    const end = {
      send: (text: string) => {
        calls.push(broken);
        if (broken === 'send' && text.includes('"frame"')) throw new Error('gone');
      },
      buffered: () => {
        if (broken === 'buffered') throw new Error('gone');
        return 0;
      },
    };
    hub.subscribe(end);
  }
  hub.subscribe(after);
  hub.publish(0, [source()]);
  time.pass(0.1);
  hub.publish(0.1, [workload()]);
  assert.deepEqual(
    [before.seqs(), after.seqs()],
    [
      [1, 2],
      [1, 2],
    ],
  );
  assert.deepEqual(calls, ['send', 'buffered', 'send']);
});

test('a scene is told to all, after what happened before it, and to those who join later', () => {
  const { hub, time } = aHub();
  const page = listener();
  hub.subscribe(page);
  hub.publish(0, [source()]);
  hub.publish(0, [workload()]);
  time.pass(0.01);
  hub.tellScene({ name: 'drift', began: 0.01, slide: 'how' });
  assert.deepEqual(page.types(), ['reset', 'frame', 'frame', 'scene']);
  assert.deepEqual(page.heard.at(-1), {
    type: 'scene',
    name: 'drift',
    began: 0.01,
    slide: 'how',
    now: 0.01,
  });
  time.pass(5);
  const late = listener();
  hub.subscribe(late);
  assert.ok(late.heard[0]?.type === 'reset');
  assert.deepEqual(late.heard[0].scene, { name: 'drift', began: 0.01, slide: 'how' });
  assert.deepEqual(late.heard[0].played, [{ name: 'drift', slide: 'how' }]);
});

test('an edit of the deck passes through as it is', () => {
  const { hub } = aHub();
  const page = listener();
  hub.subscribe(page);
  hub.editDeck({ slide: 6, html: '<section>' });
  assert.deepEqual(page.heard.at(-1), { type: 'deck', payload: { slide: 6, html: '<section>' } });
});

test('who has left hears no more, and a hub that has stopped is silent', () => {
  const { hub, time } = aHub();
  const page = listener();
  const leave = hub.subscribe(page);
  leave();
  hub.publish(0, [source()]);
  const other = listener();
  hub.subscribe(other);
  hub.stop();
  time.pass(10);
  assert.deepEqual([page.types(), other.types()], [['reset'], ['reset']]);
});

test('who publishes on hearing something does not upset the order', () => {
  const { hub, time } = aHub();
  const first = listener();
  let published = false;
  hub.subscribe({
    send: (text) => {
      if (!text.includes('"frame"') || published) return;
      published = true;
      hub.publish(0, [workload()]);
    },
    buffered: () => 0,
  });
  hub.subscribe(first);
  hub.publish(0, [source()]);
  time.pass(0.1);
  assert.deepEqual(first.seqs(), [1, 2]);
});

test('a frame is written as text once, however many listen', () => {
  const { hub } = aHub();
  const texts: string[] = [];
  for (let index = 0; index < 3; index++) {
    hub.subscribe({ send: (text) => void texts.push(text), buffered: () => 0 });
  }
  let reads = 0;
  const event = source();
  const toJSON = () => {
    reads += 1;
    return { type: 'marker', name: 'push' };
  };
  Object.defineProperty(event, 'toJSON', { value: toJSON });
  hub.publish(0, [event]);
  assert.equal(reads, 1);
  assert.equal(texts.filter((text) => text.includes('"frame"')).length, 3);
});
