import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { createHub, type Hub } from '../../server/hub.ts';
import { createLive, type Socket as FeedSocket, type Listener } from '../../src/feed/live.ts';
import type { Flow, FlowEvent } from '../../src/shared/flow.ts';
import { reduce } from '../../src/shared/reduce.ts';
import { nothing, STARTED } from '../helpers/feeds.ts';
import { aPush, on, source, workload } from '../helpers/story.ts';

/** Real time, in seconds; the only tests that need some. */
const clock = () => performance.now() / 1000;

function schedule(after: number, run: () => void): () => void {
  const timer = setTimeout(run, after * 1000);
  return () => clearTimeout(timer);
}

const LIMIT = { timeout: 10_000 };

interface Server {
  hub: Hub;
  url: string;
  sockets: ServerSocket[];
  close: () => Promise<void>;
}

async function serve(context: TestContext, port = 0): Promise<Server> {
  const health = { state: 'live', text: 'Live' } as const;
  const hub = createHub({ started: STARTED, clock, schedule, health, show: { feed: 'live' } });
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  await once(server, 'listening');
  const sockets: ServerSocket[] = [];
  server.on('connection', (socket) => {
    sockets.push(socket);
    const leave = hub.subscribe({
      send: (text) => socket.send(text),
      buffered: () => socket.bufferedAmount,
    });
    socket.on('close', leave);
  });
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    hub.stop();
    // It stops listening before it hangs up, or a page is back before it has closed.
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.terminate();
    await closed;
  };
  context.after(close);
  const { port: bound } = server.address() as AddressInfo;
  return { hub, url: `ws://127.0.0.1:${bound}`, sockets, close };
}

function overNetwork(url: string): FeedSocket {
  const webSocket = new WebSocket(url);
  const socket: FeedSocket = {
    send: (text) => webSocket.send(text),
    close: () => webSocket.close(),
    onmessage: null,
    onclose: null,
    onerror: null,
  };
  webSocket.addEventListener('message', ({ data }: { data: unknown }) =>
    socket.onmessage?.({ data }),
  );
  webSocket.addEventListener('close', () => socket.onclose?.());
  webSocket.addEventListener('error', () => socket.onerror?.());
  return socket;
}

/** A page over Node's own WebSocket. */
function aPage(context: TestContext, url: string) {
  let flow: Flow = nothing;
  const told: string[] = [];
  const waiting: { when: () => boolean; go: () => void }[] = [];
  const changed = () => {
    for (const each of waiting) if (each.when()) each.go();
  };
  const listener: Listener = {
    reset: (reset) => {
      flow = reset.flow;
      told.push('reset');
      changed();
    },
    events: (at, events: FlowEvent[]) => {
      for (const event of events) flow = reduce(flow, event, at);
      told.push(...events.map(({ type }) => type));
      changed();
    },
    scene: () => {},
    show: () => {},
    told: () => {},
    deck: () => {},
    offer: () => undefined,
    remarks: () => undefined,
  };
  const feed = createLive({
    open: () => overNetwork(url),
    clock,
    schedule,
    random: () => 0,
    onWake: () => () => {},
    listener,
  });
  context.after(() => feed.stop());
  return {
    told,
    flow: () => flow,
    until: (when: () => boolean) =>
      when() ? Promise.resolve() : new Promise<void>((go) => waiting.push({ when, go })),
  };
}

test(
  'over real sockets all pages see what the hub knows, whenever they join',
  LIMIT,
  async (context) => {
    const { hub, url } = await serve(context);
    const early = aPage(context, url);
    await early.until(() => early.told.length === 1);
    const run = aPush();
    for (const { at, event } of run.slice(0, 8)) hub.publish(at, [event]);
    const late = aPage(context, url);
    await late.until(() => late.told.length === 1);
    for (const { at, event } of run.slice(8)) hub.publish(at, [event]);
    const isDone = (page: typeof early) => () =>
      page.told.at(-1) === 'pulse' && page.flow().lines.at(-1)?.at === 20.614;
    await Promise.all([early.until(isDone(early)), late.until(isDone(late))]);
    assert.deepEqual(early.flow(), hub.flow());
    assert.deepEqual(late.flow(), hub.flow());
    assert.equal(early.told.length, 1 + run.length);
  },
);

test(
  'a server that begins again is found again, and what is shown is its own',
  LIMIT,
  async (context) => {
    const first = await serve(context);
    const page = aPage(context, first.url);
    first.hub.publish(1, [source(), workload()]);
    await page.until(() => page.flow().resources.size === 2);
    await first.close();
    const second = await serve(context, Number(new URL(first.url).port));
    second.hub.publish(1, [source({ status: 'failed' })]);
    await page.until(() => page.flow().resources.size === 1);
    assert.deepEqual(page.flow(), second.hub.flow());
  },
);

test(
  'a page that does not read is cut off, and gets one reset when it has caught up',
  LIMIT,
  async (context) => {
    const { hub, url, sockets } = await serve(context);
    const page = aPage(context, url);
    await page.until(() => page.told.length === 1);
    const [socket] = sockets;
    assert.ok(socket);
    // The connection of the server's end takes nothing: as when the network has gone quiet.
    const connection = Reflect.get(socket, '_socket') as Socket;
    connection.cork();
    const patch = 'x'.repeat(400_000);
    const commit = (index: number) =>
      on(index, { type: 'commit', revision: `main@sha1:${index}`, subject: 'Big', patch } as const);
    for (let index = 1; index <= 8; index++) {
      hub.publish(index, [commit(index).event]);
      await new Promise((later) => void setTimeout(later, 20));
    }
    assert.ok(
      socket.bufferedAmount > 1_000_000 && socket.bufferedAmount < 1_700_000,
      `${socket.bufferedAmount}`,
    );
    connection.uncork();
    await page.until(() => page.told.filter((each) => each === 'reset').length === 2);
    assert.deepEqual(page.flow(), hub.flow());
    assert.equal(page.told.filter((each) => each === 'commit').length < 8, true);
  },
);

test('a server that falls silent is shown as stale within five seconds', LIMIT, async (context) => {
  const { hub, url } = await serve(context);
  const page = aPage(context, url);
  await page.until(() => page.told.length === 1);
  hub.stop();
  const from = clock();
  await page.until(() => page.flow().health.state === 'stale');
  assert.ok(clock() - from < 5, `${clock() - from} s`);
});
