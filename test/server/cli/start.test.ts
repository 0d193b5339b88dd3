import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Agent, createServer, get } from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { keepTalk } from '../../../server/http/talk.ts';
import { type Launched, launch } from '../../helpers/command.ts';
import { folderWith } from '../../helpers/folder.ts';
import { ask } from '../../helpers/request.ts';
import { visit } from '../../helpers/visitor.ts';

const LIMIT = { timeout: 20_000 };
const TALK = '# Talk\n\n# One\n\nFirst.\n\n# Two\n\nSecond.\n';
const folder = folderWith({ 'talk.md': TALK, 'other.md': '# Other\n' });
const state = folderWith();
const talk = path.join(folder, 'talk.md');

function start(...args: string[]): Launched {
  return launch(['start', ...args], { cwd: folder, state });
}

/** Where it says that it is, for people. */
async function addressesOf({ says }: Launched): Promise<{ presenter: string; audience: string }> {
  const [, presenter = ''] = await says(/^ {2}present {3}(\S+)$/m);
  const [, audience = ''] = await says(/^ {2}look on {3}(\S+)$/m);
  return { presenter, audience };
}

async function interrupt({ process, ended }: Launched): Promise<{ took: number; code: unknown }> {
  const began = performance.now();
  process.kill('SIGINT');
  const { code } = await ended;
  return { took: performance.now() - began, code };
}

/** Another program, on a port that it keeps while the test runs. */
async function occupy(t: { after: (leave: () => void) => void }): Promise<number> {
  const server = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : assert.fail();
}

test(
  'token and port survive a restart, in a file that only its owner can read',
  LIMIT,
  async (t) => {
    // The port that it would have by default may be somebody else's here.
    const taken = await occupy(t);
    const token = 'a-token-of-an-earlier-talk';
    await keepTalk(talk, { token, port: taken }, path.join(state, 'fluxdeck'));

    const first = start('talk.md');
    const { presenter, audience } = await addressesOf(first);
    assert.equal(presenter, `${audience}?present=${token}`);
    const port = Number(new URL(audience).port);
    assert.ok(port > taken, 'another program holds the port, so the next free one is taken');

    await t.test('a second start says where the first is, and ends', async () => {
      const { code, out, err } = await start('talk.md').ended;
      assert.deepEqual([code, err], [0, '']);
      assert.ok(out.startsWith(`This talk is open already: ${presenter}\n`), out);
      assert.match(out, /goes on as it was begun/);
    });

    assert.deepEqual((await interrupt(first)).code, 0);
    const second = start('talk.md');
    assert.deepEqual(await addressesOf(second), { presenter, audience });
    await interrupt(second);

    const kept = readdirSync(path.join(state, 'fluxdeck')).map((name) =>
      path.join(state, 'fluxdeck', name),
    );
    assert.equal(kept.length, 1);
    for (const file of kept) {
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { token, port, openAt: port });
    }
  },
);

test(
  'an edit reaches the page at once, its problem stays on its slide and is told',
  LIMIT,
  async (t) => {
    const started = start('talk.md', '--dev', '--json', '--port', '0');
    const [line] = await started.says(/^\{.*\}$/m);
    const { audience } = JSON.parse(line);
    const page = await visit(audience);
    t.after(() => page.socket.terminate());
    const edit = async (text: string) => {
      writeFileSync(talk, text);
      const { payload } = await page.hears('deck');
      assert.ok(typeof payload === 'object' && payload !== null && 'sections' in payload);
      assert.ok(Array.isArray(payload.sections) && 'style' in payload);
      const { status } = await ask(audience, String(payload.style).replace(/^\./, ''));
      assert.equal(status, 200);
      return payload.sections.map(String);
    };

    const edited = await edit(TALK.replace('First.', 'Edited.'));
    assert.deepEqual(
      edited.map((section) => section.includes('Edited.')),
      [false, true, false],
    );

    const broken = await edit(TALK.replace('First.', '```mermaid\ngraph TD\n  A[ --> B\n```'));
    assert.deepEqual(
      broken.map((section) => section.includes('class="problem"')),
      [false, true, false],
    );
    assert.match(broken[2] ?? '', /Second\./);
    await started.says(/^talk\.md:7:\d+: error: .*\n {4}\S/m);

    await t.test('while the file is empty or gone, the last good deck stays', async () => {
      writeFileSync(talk, '');
      await started.says(/^talk\.md is empty\./m);
      rmSync(talk);
      await started.says(/^talk\.md does not exist\./m);
      assert.match((await ask(audience, '/')).body, /class="problem"/);
    });

    const mended = await edit(TALK);
    assert.ok(!mended.join().includes('class="problem"'));
    assert.match((await ask(audience, '/')).body, /First\./);
    await interrupt(started);
    const { code, out } = await started.ended;
    assert.deepEqual([code, out], [0, `${line}\n`]);
  },
);

test('Ctrl+C ends it at once, whoever is connected', LIMIT, async (t) => {
  const started = start('talk.md', '--port', '0');
  const { audience } = await addressesOf(started);
  const { hostname, port, host } = new URL(audience);

  const page = await visit(audience);
  const agent = new Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  const [kept] = await once(get(audience, { agent }), 'response');
  await once(kept.resume(), 'end');
  // One asks for a page and never finishes asking; one was refused and never hangs up.
  const slow = connect(Number(port), hostname);
  slow.write('GET / HTTP/1.1\r\n');
  const refused = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  refused.write(
    `GET /x HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  );
  for (const socket of [slow, refused]) {
    socket.on('error', () => undefined);
    t.after(() => socket.destroy());
  }
  await once(refused, 'data');

  const { took, code } = await interrupt(started);
  assert.equal(code, 0);
  assert.ok(took < 2000, `it took ${took} ms`);
  await page.closed;
});

test(
  'a capture stands in for a cluster; one that is missing is told in one line',
  LIMIT,
  async (t) => {
    const missing = start('talk.md', '--from', 'nope.jsonl', '--port', '0').ended;
    const webinar = path.resolve(import.meta.dirname, '../../fixtures/runs/webinar.jsonl');
    const started = start('talk.md', '--from', webinar, '--port', '0');
    const { audience } = await addressesOf(started);
    const page = await visit(audience);
    t.after(() => page.socket.terminate());
    const { flow } = await page.hears('reset');
    assert.deepEqual(flow.health, { state: 'recorded', text: 'Recorded 2026-11-22' });
    await interrupt(started);

    const { code, out, err } = await missing;
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /^fluxdeck: nope\.jsonl can't be read: there is no such file or folder\.\n$/);
  },
);

test('a recording stands in for a cluster as well, and is never called live', LIMIT, async (t) => {
  const health = { state: 'live', text: 'Live' };
  const resource = { key: 'Kustomization/flux-system/app', role: 'applier', status: 'ready' };
  const header = { version: 1, title: 'A talk', started: '2026-11-20T10:00:00.000Z' };
  const lines = [
    { ...header, flow: { resources: [{ ...resource, since: 0 }], health } },
    [0, { type: 'position', slide: 3, step: 0, id: 'somewhere' }],
    [0.1, { type: 'health', ...health }],
    [0.1, { type: 'commit', revision: 'a'.repeat(40), subject: 'Say hello' }],
  ];
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  const files = folderWith({ 'run.jsonl': text, 'bad.jsonl': `${text}\n[1, 2]\n` });
  const damaged = start('talk.md', '--from', path.join(files, 'bad.jsonl'), '--port', '0').ended;
  const started = start('talk.md', '--from', path.join(files, 'run.jsonl'), '--port', '0');
  const { audience } = await addressesOf(started);
  let page = await visit(audience);
  t.after(() => page.socket.terminate());
  let { flow } = await page.hears('reset');
  while (!flow.commits?.length) {
    await page.hears('frame');
    page.socket.terminate();
    page = await visit(audience);
    ({ flow } = await page.hears('reset'));
  }
  assert.deepEqual(flow.health, { state: 'recorded', text: 'Recorded 2026-11-20' });
  assert.equal(flow.resources.get(resource.key)?.status, 'ready');
  assert.equal(flow.position, undefined);
  await interrupt(started);

  const { code, err } = await damaged;
  assert.equal(code, 1);
  assert.match(err, /bad\.jsonl is a damaged recording: line 5: this is not \[seconds/);
});

test('a cluster that is not there by that name is told before any address is', LIMIT, async () => {
  const kubeconfig = path.join(folderWith({ config: 'apiVersion: v1\nkind: Config\n' }), 'config');
  const unknown = start('talk.md', '--context', 'nope', '--kubeconfig', kubeconfig, '--port', '0');
  const missing = start('talk.md', '--kubeconfig', '/nope', '--port', '0');
  for (const { code, out, err } of [await unknown.ended, await missing.ended]) {
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /^fluxdeck: .*(nope)/);
  }
});
