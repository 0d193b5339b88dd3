import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHub } from '../../../server/hub.ts';
import { createLive } from '../../../src/feed/live.ts';
import type { Flow } from '../../../src/shared/flow.ts';
import { reduce } from '../../../src/shared/reduce.ts';
import { encode } from '../../../src/shared/wire.ts';
import { nothing, STARTED } from '../../helpers/feeds.ts';
import { socketPair } from '../../helpers/socket.ts';
import { fakeTime } from '../../helpers/time.ts';

test('a word that comes late, just as what shows is given up, does not leave it stale', () => {
  const time = fakeTime();
  const health = { state: 'live', text: 'Live' } as const;
  const hub = createHub({ ...time, started: STARTED, health, show: { feed: 'live' } });
  const sockets: { say: (text: string) => void; isBlocked: boolean }[] = [];
  let flow: Flow = nothing;
  const states: string[] = [];
  createLive({
    ...time,
    open() {
      const { client, server } = socketPair();
      const socket = { say: server.send, isBlocked: false };
      sockets.push(socket);
      hub.subscribe({
        ...server,
        send: (text) => {
          if (!socket.isBlocked) server.send(text);
        },
      });
      return client;
    },
    random: () => 0.5,
    onWake: () => () => {},
    listener: {
      reset: (reset) => {
        flow = reset.flow;
        states.push(flow.health.state);
      },
      events(at, events) {
        for (const event of events) flow = reduce(flow, event, at);
        states.push(flow.health.state);
        // What has waited all the time is heard before anything else.
        for (const { say, isBlocked } of sockets) {
          if (isBlocked) say(encode({ type: 'alive', now: time.clock() }));
        }
      },
      scene: () => {},
      show: () => {},
      told: () => {},
      deck: () => {},
      offer: () => undefined,
      remarks: () => undefined,
    },
  });
  for (const socket of sockets) socket.isBlocked = true;
  time.pass(10);
  assert.deepEqual(states, ['live', 'stale', 'live']);
});
