import assert from 'node:assert/strict';
import path from 'node:path';
import { after, test } from 'node:test';
import { folderWith } from '../../helpers/folder.ts';
import { ask, tell } from '../../helpers/request.ts';
import { serve } from '../../helpers/serve.ts';
import { type Knock, type Visitor, visit } from '../../helpers/visitor.ts';

const folder = folderWith({ 'talk.md': '# Talk\n\n# Slide\n' });
const companion = await serve(path.join(folder, 'talk.md'), {
  state: folderWith(),
});
after(() => companion.stop());

const { audience, presenter } = companion;
const { host, port, origin } = new URL(audience);
const token = new URL(presenter).searchParams.get('present') ?? '';
const LIMIT = { timeout: 10_000 };

/** A page that leaves when the test is over. */
async function arrive(t: { after: (leave: () => void) => void }, knock?: Knock): Promise<Visitor> {
  const visitor = await visit(audience, knock);
  t.after(() => visitor.socket.terminate());
  return visitor;
}

const strangers: [sentence: string, knock: Knock, status: string][] = [
  ['a page of another site', { headers: { Origin: 'http://evil.test' } }, '403'],
  ['a page of another port', { headers: { Origin: 'http://127.0.0.1:1' } }, '403'],
  ['a page in a sandbox', { headers: { Origin: 'null' } }, '403'],
  ['a page by https', { headers: { Origin: `https://${host}` } }, '403'],
  ['no page at all', { headers: { Origin: undefined } }, '403'],
  [
    'a page whose own name was made to point here',
    { headers: { Host: `evil.test:${port}`, Origin: `http://evil.test:${port}` } },
    '403',
  ],
  ['another path', { path: '/' }, '404'],
  ['a path below', { path: '/live/x' }, '404'],
];
for (const [sentence, knock, status] of strangers) {
  test(`${sentence} is told ${status}`, LIMIT, async () => {
    await assert.rejects(visit(audience, { token, ...knock }), { message: status });
  });
}

test('a page hears first how things stand', LIMIT, async (t) => {
  const page = await arrive(t);
  const { seq, flow, scene } = await page.hears('reset');
  assert.deepEqual([seq, flow.resources.size, scene], [0, 0, undefined]);
});

test('a page by the name localhost is as welcome', LIMIT, async (t) => {
  const page = await arrive(t, {
    headers: { Host: `localhost:${port}`, Origin: `http://localhost:${port}` },
  });
  await page.hears('reset');
});

test(
  'the presenter’s scene reaches every page, also who comes later; nobody else’s does',
  LIMIT,
  async (t) => {
    const [speaker, listener, liar] = await Promise.all([
      arrive(t, { token }),
      arrive(t),
      arrive(t, { token: `${token}x` }),
    ]);
    for (const page of [listener, liar]) {
      page.sends({ type: 'scene', name: 'drift' });
      await page.settles();
    }
    speaker.sends({ type: 'scene', name: 'push' });
    for (const page of [speaker, listener, liar]) {
      assert.equal((await page.hears('scene')).name, 'push');
    }
    const { scene } = await (await arrive(t)).hears('reset');
    assert.equal(scene?.name, 'push');
  },
);

test('what is no message of ours changes nothing', LIMIT, async (t) => {
  const [speaker, listener] = await Promise.all([arrive(t, { token }), arrive(t)]);
  const garbage = ['', '{', 'null', '[]', '7', '{"type":"scene"}', '{"type":"scene","name":7}'];
  for (const text of [...garbage, '{"type":"reset"}', '{"__proto__":{"type":"scene"}}']) {
    speaker.socket.send(text);
  }
  speaker.sends({ type: 'scene', name: 'fix' });
  assert.equal((await listener.hears('scene')).name, 'fix');
});

const rude: [sentence: string, act: (page: Visitor) => void][] = [
  ['sends more than 4 kB', (page) => page.sends({ type: 'scene', name: 'x'.repeat(4096) })],
  ['sends bytes', (page) => page.socket.send(Buffer.from('{}'))],
  [
    'sends more than 20 messages a second',
    (page) => {
      for (let n = 0; n < 50; n += 1) page.sends({ type: 'position', slide: n, step: 0 });
    },
  ],
];
for (const [sentence, act] of rude) {
  test(
    `who ${sentence} is cut off and not heard any more, and nobody else is`,
    LIMIT,
    async (t) => {
      const [rudely, speaker, listener] = await Promise.all([
        arrive(t, { token }),
        arrive(t, { token }),
        arrive(t),
      ]);
      act(rudely);
      rudely.sends({ type: 'scene', name: 'late' });
      assert.ok([1006, 1008, 1009].includes(await rudely.closed));
      speaker.sends({ type: 'scene', name: 'push' });
      assert.equal((await listener.hears('scene')).name, 'push');
    },
  );
}

test('twenty messages in a row are no flood', LIMIT, async (t) => {
  const page = await arrive(t);
  for (let n = 0; n < 20; n += 1) page.sends({ type: 'position', slide: n, step: 0 });
  await page.settles();
  assert.equal(page.socket.readyState, page.socket.OPEN);
});

const upgrade = (target: string, more = '') =>
  `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${more}\r\n`;
const version = 'Sec-WebSocket-Version: 13\r\n';
const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
const odd: [sentence: string, request: string, answer: RegExp][] = [
  ['an address that is none', upgrade('//', version + key), /^HTTP\/1\.1 404 /],
  ['half an address', upgrade('http://[', version + key), /^HTTP\/1\.1 404 /],
  ['no key', upgrade('/live', version), /^HTTP\/1\.1 400 /],
  [
    'a version of tomorrow',
    upgrade('/live', `Sec-WebSocket-Version: 99\r\n${key}`),
    /^HTTP\/1\.1 4/,
  ],
  [
    'protocols that are none',
    upgrade('/live', `${version}${key}Sec-WebSocket-Protocol: ,,\r\n`),
    /^HTTP\/1\.1 400 /,
  ],
  [
    'another protocol',
    upgrade('/live', version + key).replace('websocket', 'h2c'),
    /^HTTP\/1\.1 4/,
  ],
  [
    'frames that are none',
    `${upgrade('/live', version + key)}${'\xff'.repeat(200)}`,
    /^HTTP\/1\.1 101 /,
  ],
  ['noise', '\0\x01\x02 \r\n\r\n', /^HTTP\/1\.1 400 /],
];
for (const [sentence, request, answer] of odd) {
  test(`an upgrade with ${sentence} is answered, closed, and hurts nobody`, LIMIT, async () => {
    assert.match(await tell(audience, Buffer.from(request, 'latin1')), answer);
    assert.equal((await ask(audience, '/')).status, 200);
  });
}
