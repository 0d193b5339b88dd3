import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import type { ApiAnswer, AskApi } from '../../../server/api.ts';
import type { GitHappening, Push } from '../../../server/demo/gitHost.ts';
import { verdictOf } from '../../../server/demo/verdict.ts';
import {
  createWebhooks,
  type Delivery,
  type Forward,
  type WebhookOptions,
} from '../../../server/demo/webhook.ts';

const SECRET = 'what both sides know';
const PATH = `/hook/${'ab'.repeat(32)}`;
const PROXY = '/api/v1/namespaces/flux-system/services/http:webhook-receiver:80/proxy';
const RECEIVER = '/apis/notification.toolkit.fluxcd.io/v1/namespaces/flux-system/receivers/podinfo';
const push: Push = {
  repository: 'app.git',
  ref: 'refs/heads/main',
  revision: `main@sha1:${'a'.repeat(40)}`,
};

const status = (code: number, message = ''): ApiAnswer => ({
  status: code,
  body: JSON.stringify({ kind: 'Status', message }),
});
const empty = (code: number): ApiAnswer => ({ status: code, body: '' });

/** A real API server’s part in this: over a socket, answering by script, then 200. */
async function apiServer(script: ApiAnswer[]) {
  const posts: { path: string; body: string; signature: unknown }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'GET') {
        assert.equal(request.url, RECEIVER);
        response.end(JSON.stringify({ kind: 'Receiver', status: { webhookPath: PATH } }));
        return;
      }
      const body = Buffer.concat(chunks).toString();
      posts.push({ path: request.url ?? '', body, signature: request.headers['x-signature'] });
      const answer = script.shift() ?? empty(200);
      response.writeHead(answer.status).end(answer.body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  assert.ok(bound !== null && typeof bound === 'object');
  after(() => server.close());
  const ask: AskApi = async ({ method, path, body, headers }) => {
    const answer = await fetch(`http://127.0.0.1:${bound.port}${path}`, {
      method,
      ...(body !== undefined && { body }),
      ...(headers && { headers }),
    });
    return { status: answer.status, body: await answer.text() };
  };
  return { ask, posts };
}

function watch(options: Pick<WebhookOptions, 'ask'> & Partial<WebhookOptions>) {
  const happenings: GitHappening[] = [];
  const deliveries: Delivery[] = [];
  const webhooks = createWebhooks({
    receiver: { namespace: 'flux-system', name: 'podinfo' },
    secret: SECRET,
    onHappened: (happening) => happenings.push(happening),
    onDelivery: (delivery) => deliveries.push(delivery),
    delays: [1, 1, 1],
    ...options,
  });
  return { webhooks, happenings, deliveries };
}

test('a push is announced to the Receiver through the API server, signed', async () => {
  const { ask, posts } = await apiServer([]);
  const { webhooks, happenings, deliveries } = watch({ ask });
  await webhooks.announce(push);
  const body = JSON.stringify({ ref: 'refs/heads/main', revision: push.revision });
  const hmac = createHmac('sha256', SECRET).update(body).digest('hex');
  assert.deepEqual(posts, [{ path: PROXY + PATH, body, signature: `sha256=${hmac}` }]);
  assert.deepEqual(happenings, [{ what: 'webhook', status: 200, revision: push.revision }]);
  assert.equal(deliveries[0]?.words, 'accepted by the Receiver');
});

test('what may yet be accepted is tried again, each try is told', async () => {
  const script = [
    status(404, 'services "webhook-receiver" not found'),
    status(503, 'no endpoints'),
  ];
  const { ask } = await apiServer([...script, empty(503)]);
  const { webhooks, deliveries } = watch({ ask });
  await webhooks.announce(push);
  assert.deepEqual(
    deliveries.map(({ attempt, status, delivered }) => [attempt, status, delivered]),
    [
      [1, 404, false],
      [2, 503, false],
      [3, 503, false],
      [4, 200, true],
    ],
  );
});

test('what will never be accepted is tried once', async () => {
  for (const answer of [empty(400), empty(404), empty(500), status(401)]) {
    const { ask, posts } = await apiServer([answer]);
    const { webhooks, deliveries } = watch({ ask });
    await webhooks.announce(push);
    assert.equal(posts.length, 1);
    assert.equal(deliveries[0]?.delivered, false);
  }
});

test('no answer at all is no happening, and is tried again until the delays are used up', async () => {
  const { webhooks, happenings, deliveries } = watch({
    ask: () => Promise.reject(new Error('connect ECONNREFUSED')),
  });
  await webhooks.announce(push);
  assert.deepEqual(happenings, []);
  assert.equal(deliveries.length, 4);
  assert.ok(deliveries.every(({ words }) => words === 'the API server did not answer'));
});

test('where the proxy is blocked the webhook goes around it', async () => {
  const blocked = status(503, 'error trying to reach service: dial tcp 10.0.0.7:9292: i/o timeout');
  const { ask, posts } = await apiServer([blocked]);
  const forwarded: string[] = [];
  const forward: Forward = (path) => {
    forwarded.push(path);
    return Promise.resolve(empty(200));
  };
  const { webhooks, deliveries } = watch({ ask, forward });
  await webhooks.announce(push);
  assert.equal(posts.length, 1);
  assert.deepEqual(forwarded, [PATH]);
  assert.deepEqual(
    deliveries.map(({ delivered }) => delivered),
    [false, true],
  );
});

test('a newer push ends the tries for an older one', async () => {
  const gate = Promise.withResolvers<void>();
  const { webhooks, deliveries } = watch({
    ask: async ({ method }) => {
      if (method === 'GET') return { status: 200, body: `{"webhookPath":"${PATH}"}` };
      return empty(deliveries.length === 0 ? 503 : 200);
    },
    delays: [60_000],
    onDelivery: (delivery) => {
      deliveries.push(delivery);
      gate.resolve();
    },
  });
  const older = webhooks.announce(push);
  await gate.promise;
  await webhooks.announce({ ...push, revision: `main@sha1:${'b'.repeat(40)}` });
  await older;
  assert.equal(deliveries.at(-1)?.revision, `main@sha1:${'b'.repeat(40)}`);
  assert.equal(deliveries.length, 2);
});

test('the log keeps the last fifty tries and never the path or the secret', async () => {
  const { ask } = await apiServer([]);
  const { webhooks } = watch({ ask });
  for (let number = 0; number < 60; number += 1) await webhooks.announce(push);
  assert.equal(webhooks.log().length, 50);
  const text = JSON.stringify(webhooks.log());
  assert.ok(!text.includes('/hook/') && !text.includes(SECRET) && !text.includes('sha256='));
});

test('every answer has a meaning in words', () => {
  const words = (answer: ApiAnswer | undefined) => verdictOf(answer).words;
  assert.match(words(empty(400)), /signature/);
  assert.match(words(empty(404)), /no Receiver of this path/);
  assert.match(words(status(404, 'services not found')), /is Flux installed/);
  assert.match(words(empty(500)), /GitRepository is not there/);
  assert.match(words(status(503, 'no endpoints available')), /not running/);
  assert.match(words(empty(503)), /suspended or not ready/);
  assert.match(words(undefined), /did not answer/);
  assert.equal(verdictOf(status(403)).next, 'around');
  assert.equal(verdictOf({ status: 400, body: 'null' }).next, 'give up');
});
