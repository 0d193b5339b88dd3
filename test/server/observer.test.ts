import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createObserver } from '../../server/commands/observer.ts';
import { createHub } from '../../server/hub.ts';
import type { FlowEvent } from '../../src/shared/flow.ts';
import { STARTED } from '../helpers/feeds.ts';
import { A3DEEC7 } from '../helpers/story.ts';
import { fakeTime } from '../helpers/time.ts';

const PRISTINE = 'main@sha1:4e68e0a000000000000000000000000000000000';

function watching() {
  const health = { state: 'live', text: 'Live' } as const;
  const hub = createHub({ ...fakeTime(), started: STARTED, health, show: { feed: 'live' } });
  const told: FlowEvent[] = [];
  hub.listen((_, events) => told.push(...events.filter(({ type }) => type !== 'changed')));
  const heard: string[] = [];
  const observe = createObserver({
    hub,
    started: STARTED,
    pristine: PRISTINE,
    onScene: (name) => heard.push(name),
    onReset: () => heard.push('reset'),
  });
  const source = {
    metadata: { name: 'podinfo', namespace: 'flux-system', uid: '1', resourceVersion: '1' },
    spec: { url: 'http://172.18.0.1:4380/app.git' },
  };
  const listed = { at: 0, type: 'watch', kind: 'GitRepository' } as const;
  observe({ ...listed, change: 'LIST', object: source });
  observe({ ...listed, change: 'LISTED' });
  const push = (at: number, revision: string) =>
    observe({
      at,
      type: 'git',
      repository: 'app.git',
      happened: { what: 'receive-pack', revision, subject: 'Say hello' },
    });
  const markers = () => told.flatMap((event) => (event.type === 'marker' ? [event.name] : []));
  return { push, heard, markers, told };
}

test('a push by hand is marked as the scene that it is, before what it comes to', () => {
  const { push, heard, told } = watching();
  push(1, A3DEEC7);
  assert.deepEqual(told[0], { type: 'marker', name: 'push' });
  assert.deepEqual(heard, ['push']);
});

test('the demo being put back is no scene, and what follows soon after is none either', () => {
  const { push, heard, markers } = watching();
  push(1, PRISTINE);
  push(4, A3DEEC7);
  assert.deepEqual([heard, markers()], [['reset'], []]);
  push(12, A3DEEC7);
  assert.deepEqual([heard, markers()], [['reset', 'push'], ['push']]);
});
