import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { createSite, type SiteParts } from '../../../server/http/site.ts';
import { folderWith } from '../../helpers/folder.ts';
import { ask } from '../../helpers/request.ts';

async function open(t: TestContext, parts: Partial<SiteParts>): Promise<string> {
  const folder = folderWith();
  const server = createServer(
    createSite({
      served: () => ({ html: '', style: { name: 'deck.css', text: '' } }),
      app: folder,
      recordings: folder,
      deck: folder,
      identity: { fluxdeck: '1', deck: 'x' },
      ...parts,
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
}

test('a run of the speaker’s own is there by the name that the show gives it', async (t) => {
  const site = await open(t, { run: (name) => (name === 'push-0.jsonl' ? '{}' : undefined) });
  const { status, body, headers } = await ask(site, '/runs/push-0.jsonl');
  assert.deepEqual([status, body, headers['cache-control']], [200, '{}', 'no-store']);
  assert.equal((await ask(site, '/runs/talk.jsonl')).status, 404);
});

test('the app’s page is shown without rights, and only while it answers', async (t) => {
  let page: string | undefined = '<h1>Hello</h1><script>alert(1)</script>';
  const site = await open(t, { preview: () => Promise.resolve(page) });
  const { status, body, headers } = await ask(site, '/preview');
  assert.deepEqual([status, body], [200, page]);
  const policy = String(headers['content-security-policy']);
  assert.match(policy, /\bsandbox\b/);
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /script-src|allow-scripts/);
  page = undefined;
  assert.equal((await ask(site, '/preview')).status, 204);
});

test('without a cluster there are neither', async (t) => {
  const site = await open(t, {});
  assert.equal((await ask(site, '/runs/push-0.jsonl')).status, 404);
  assert.equal((await ask(site, '/preview')).status, 204);
});
