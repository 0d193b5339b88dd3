import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type TestContext, test } from 'node:test';
import { listen } from '../../../server/http/listen.ts';

const deck = 'this deck';
const LIMIT = { timeout: 10_000 };

function aServer(t: TestContext, answer: RequestListener = () => {}): Server {
  const server = createServer(answer);
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return server;
}

/** A port that answers so. */
async function taken(t: TestContext, answer?: RequestListener, wanted = 0): Promise<number> {
  const server = aServer(t, answer).listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  return portOf(server);
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

const says =
  (identity: unknown): RequestListener =>
  (_, response) =>
    response.end(JSON.stringify(identity));

test('a free port is taken, on the machine’s own address', LIMIT, async (t) => {
  const server = aServer(t);
  const { port } = await listen(server, { port: 0, strict: true, deck });
  assert.deepEqual(server.address(), { address: '127.0.0.1', family: 'IPv4', port });
});

test('a port with the same talk is its occupant’s', LIMIT, async (t) => {
  const occupant = { fluxdeck: '1', deck };
  const port = await taken(t, says(occupant));
  for (const strict of [false, true]) {
    assert.deepEqual(await listen(aServer(t), { port, strict, deck }), { occupant, port });
  }
});

const others: [who: string, answer: RequestListener, name: RegExp][] = [
  ['another talk', says({ fluxdeck: '1', deck: 'another' }), /by another talk of fluxdeck\./],
  ['another program', says({ deck }), /by another program\./],
  ['a program of few words', (_, response) => response.end('hello'), /by another program\./],
  ['a program that never answers', () => {}, /by another program\./],
];
for (const [who, answer, name] of others) {
  test(`a port that ${who} has is passed over, or an error if it is the one`, LIMIT, async (t) => {
    const port = await taken(t, answer);
    const server = aServer(t);
    const listening = await listen(server, { port, strict: false, deck });
    assert.ok(listening.port > port && listening.port === portOf(server));
    await assert.rejects(listen(aServer(t), { port, strict: true, deck }), {
      name: 'Mistake',
      exitCode: 1,
      message: name,
    });
  });
}

test('after the last port there is none', LIMIT, async (t) => {
  // Whoever has it, it is taken.
  await taken(t, undefined, 65535).catch(() => undefined);
  await assert.rejects(listen(aServer(t), { port: 65535, strict: false, deck }), {
    name: 'Mistake',
    message: /^The ports 65535 to 65535 are all taken\./,
  });
});
