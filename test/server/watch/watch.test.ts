import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { KINDS } from '../../../server/cluster/watch/kinds.ts';
import { type ApiServer, kubeconfigTo, startApiServer } from './apiServer.ts';
import { kindsNamed, type Watching, watching, watchingLive } from './watching.ts';

const repositories = kindsNamed('GitRepository');
const BURST = 5;
const LIMIT = { timeout: 30_000 };

async function anApi(options?: Parameters<typeof startApiServer>[0]): Promise<ApiServer> {
  const api = await startApiServer(options);
  after(api.close);
  return api;
}

const isLive = (watch: Watching) => () => watch.health()?.state === 'live';
const isStale = (watch: Watching) => () => watch.health()?.state === 'stale';

test('a kind is listed page by page, then watched', LIMIT, async () => {
  const api = await anApi({ page: 2 });
  for (const name of ['a', 'b', 'c']) api.put('gitrepositories', name);
  const watch = await watchingLive(api, { kinds: repositories });
  api.put('gitrepositories', 'd');
  api.put('gitrepositories', 'a');
  api.remove('gitrepositories', 'b');
  await watch.until(() => watch.words('GitRepository').includes('DELETED b'));
  assert.deepEqual(watch.words('GitRepository'), [
    'LIST a',
    'LIST b',
    'LIST c',
    'LISTED',
    'ADDED d',
    'MODIFIED a',
    'DELETED b',
  ]);
});

test('all kinds share one connection, and a question to the cluster too', LIMIT, async () => {
  const api = await anApi();
  const watch = await watchingLive(api, { kinds: KINDS });
  const { status, body } = await watch.ask({ method: 'GET', path: '/version' });
  assert.deepEqual([status, JSON.parse(body)], [200, { gitVersion: 'v1.36.2' }]);
  assert.equal(api.connections(), 1);
  // Workloads are watched once a selector.
  assert.equal(api.watches().length, KINDS.length + 3);
  assert.ok(api.asked.every(({ token }) => token === 'sesame'));
  const asked = api.asked.find(({ query }) => query.has('watch'));
  assert.equal(asked?.query.get('allowWatchBookmarks'), 'true');
  const seconds = Number(asked?.query.get('timeoutSeconds'));
  assert.ok(seconds >= 200 && seconds <= 290);
});

test('health begins with connecting, and is live only when all is listed', LIMIT, async () => {
  const api = await anApi();
  const watch = await watchingLive(api);
  assert.deepEqual(watch.healths[0]?.health, { state: 'stale', text: 'Connecting to the cluster' });
  assert.deepEqual(watch.healths.filter(({ health }) => health.state === 'live').length, 1);
  assert.deepEqual(watch.health(), { state: 'live', text: 'Live' });
});

test('a watch that ends begins again where it was: nothing is lost or doubled', LIMIT, async () => {
  const api = await anApi();
  const watch = await watchingLive(api, { kinds: repositories });
  for (let turn = 1; turn <= 5; turn++) {
    const before = api.asked.length;
    api.endWatches();
    api.put('gitrepositories', `between-${turn}`);
    await watch.until(() => watch.words('GitRepository').includes(`ADDED between-${turn}`));
    assert.ok(api.asked.slice(before).every(({ query }) => query.has('watch')));
  }
  assert.deepEqual(watch.words('GitRepository'), [
    'LISTED',
    ...[1, 2, 3, 4, 5].map((turn) => `ADDED between-${turn}`),
  ]);
  assert.ok(watch.healths.slice(1).every(({ health }) => health.text !== 'stale'));
});

test('a bookmark moves the place from where to go on', LIMIT, async () => {
  const api = await anApi();
  const watch = await watchingLive(api, { kinds: repositories });
  const object = { kind: 'GitRepository', metadata: { resourceVersion: '4711' } };
  await api.write('gitrepositories', [`${JSON.stringify({ type: 'BOOKMARK', object })}\n`]);
  await watch.until(() => watch.observed.at(-1)?.change === 'BOOKMARK');
  const before = api.asked.length;
  api.endWatches();
  api.put('gitrepositories', 'x');
  while (api.asked.length === before) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(api.asked[before]?.query.get('resourceVersion'), '4711');
});

test('410 in a watch: what happened meanwhile is found by a list', LIMIT, async () => {
  const api = await anApi();
  api.put('gitrepositories', 'old');
  const watch = await watchingLive(api, { kinds: repositories });
  api.fault = ({ query }) => (query.has('watch') ? { status: 503 } : undefined);
  api.cut();
  api.remove('gitrepositories', 'old');
  api.put('gitrepositories', 'new');
  api.forget();
  api.fault = () => undefined;
  await watch.until(() => watch.words('GitRepository').filter((w) => w === 'LISTED').length > 1);
  assert.deepEqual(watch.words('GitRepository'), [
    'LIST old',
    'LISTED',
    'ERROR',
    'LIST new',
    'LISTED',
  ]);
});

test('410 as an HTTP status, and between two pages of a list', LIMIT, async () => {
  const api = await anApi({ page: 1 });
  for (const name of ['a', 'b']) api.put('gitrepositories', name);
  let isLate = true;
  api.fault = ({ query }) => {
    if (!query.has('continue') || !isLate) return undefined;
    isLate = false;
    return { status: 410, message: 'The provided continue parameter is too old' };
  };
  const watch = await watchingLive(api, { kinds: repositories });
  const listing = ['LIST a', 'LIST b', 'LISTED'];
  assert.deepEqual(watch.words('GitRepository'), ['LIST a', 'ERROR', ...listing]);
  let isGone = true;
  api.fault = ({ query }) => {
    if (!query.has('watch') || !isGone) return undefined;
    isGone = false;
    return { status: 410 };
  };
  api.endWatches();
  await watch.until(() => watch.words('GitRepository').length === 9);
  assert.deepEqual(watch.words('GitRepository').slice(5), ['ERROR', ...listing]);
});

test(
  'a half-open connection: stale within 5 s, right again soon after its end',
  LIMIT,
  async () => {
    const api = await anApi();
    const watch = await watchingLive(api, { kinds: repositories });
    const frozen = watch.clock();
    api.freeze();
    api.put('gitrepositories', 'unheard');
    await watch.until(isStale(watch));
    assert.ok(watch.clock() - frozen <= 5, `stale after ${watch.clock() - frozen} s`);
    assert.equal(watch.health()?.text, 'The cluster does not answer');
    assert.equal(watch.health()?.kinds, undefined);
    const thawed = watch.clock();
    api.thaw();
    await watch.until(isLive(watch));
    assert.ok(watch.clock() - thawed <= 5, `live after ${watch.clock() - thawed} s`);
    assert.deepEqual(watch.words('GitRepository'), ['LISTED', 'ADDED unheard']);
  },
);

test('a connection that is cut is made again before anybody is alarmed', LIMIT, async () => {
  const api = await anApi();
  const watch = await watchingLive(api);
  api.cut();
  api.put('gitrepositories', 'x');
  await watch.until(() => watch.words('GitRepository').includes('ADDED x'));
  assert.equal(api.connections(), 2);
  assert.ok(isLive(watch)());
  assert.deepEqual(watch.words('GitRepository'), ['LISTED', 'ADDED x']);
});

test('a server that says GOAWAY is left for a new session', LIMIT, async () => {
  const api = await anApi();
  const watch = await watchingLive(api);
  api.goaway();
  api.put('kustomizations', 'x');
  await watch.until(() => watch.words('Kustomization').includes('ADDED x'));
  api.put('gitrepositories', 'y');
  await watch.until(() => watch.words('GitRepository').includes('ADDED y'));
  assert.deepEqual(watch.words('Kustomization'), ['LISTED', 'ADDED x']);
});

for (const status of [429, 500]) {
  test(`a burst of ${status}: right again within 5 s of its end`, LIMIT, async () => {
    const api = await anApi();
    api.put('gitrepositories', 'a');
    const watch = await watchingLive(api, { kinds: repositories });
    let refused = 0;
    let ended = 0;
    api.fault = () => {
      refused += 1;
      if (refused === BURST) ended = watch.clock();
      return refused <= BURST ? { status, headers: { 'retry-after': '0' } } : undefined;
    };
    api.endWatches();
    api.put('gitrepositories', 'b');
    await watch.until(() => ended > 0 && isLive(watch)());
    assert.ok(watch.clock() - ended <= 5);
    assert.equal(
      watch.observed.filter(({ change }) => change === 'ADDED').length,
      status === 429 ? 1 : 0,
    );
    const lists = watch.words('GitRepository').filter((word) => word === 'LISTED').length;
    assert.equal(lists, status === 429 ? 1 : 2);
    assert.ok(refused > BURST);
  });
}

test('Retry-After is heeded', LIMIT, async () => {
  const api = await anApi();
  const watch = await watchingLive(api, { kinds: repositories });
  const times: number[] = [];
  api.fault = ({ query }) => {
    if (!query.has('watch')) return undefined;
    times.push(watch.clock());
    return times.length === 1 ? { status: 429, headers: { 'retry-after': '2' } } : undefined;
  };
  api.endWatches();
  await watch.until(() => times.length === 1 && isStale(watch)());
  await watch.until(isLive(watch));
  const [first = 0, second = 0] = times;
  assert.ok(second - first >= 1.99, `${second - first} s`);
});

test('lines may come in any pieces, and be long', LIMIT, async () => {
  const api = await anApi();
  const watch = await watchingLive(api, { kinds: repositories });
  const line = (name: string, note: string) =>
    `${JSON.stringify({ type: 'ADDED', object: { metadata: { name, resourceVersion: '900' }, note } })}\n`;
  const split = Buffer.from(line('split', 'Grüße, 世界 🌍'));
  await api.write(
    'gitrepositories',
    Array.from({ length: Math.ceil(split.length / 3) }, (_, i) => split.subarray(i * 3, i * 3 + 3)),
  );
  await api.write('gitrepositories', [line('huge', 'x'.repeat(3_000_000))]);
  await api.write('gitrepositories', [
    line('one', '') + line('two', '') + line('three', '').trim(),
  ]);
  await api.write('gitrepositories', ['\n']);
  await watch.until(() => watch.words('GitRepository').includes('ADDED three'));
  assert.deepEqual(watch.words('GitRepository'), [
    'LISTED',
    'ADDED split',
    'ADDED huge',
    'ADDED one',
    'ADDED two',
    'ADDED three',
  ]);
  assert.match(JSON.stringify(watch.observed[1]?.object), /Grüße, 世界 🌍/);
});

test('a line that was cut off is told again, once', LIMIT, async () => {
  const api = await anApi();
  const watch = await watchingLive(api, { kinds: repositories });
  await api.write('gitrepositories', ['{"type":"ADDED","object":{"metadata":{"name":"hal']);
  api.endWatches();
  api.put('gitrepositories', 'half');
  await watch.until(() => watch.words('GitRepository').includes('ADDED half'));
  assert.deepEqual(watch.words('GitRepository'), ['LISTED', 'ADDED half']);
});

test('a line that makes no sense: a list says what is', LIMIT, async () => {
  const api = await anApi();
  api.put('gitrepositories', 'a');
  const watch = await watchingLive(api, { kinds: repositories });
  await api.write('gitrepositories', ['{"type":"ADDED","obj\n']);
  await watch.until(() => watch.words('GitRepository').length === 5);
  assert.deepEqual(watch.words('GitRepository').slice(2), ['ERROR', 'LIST a', 'LISTED']);
});

test('one kind that we may not see greys only itself, and is back when we may', LIMIT, async () => {
  const api = await anApi();
  const message = 'helmreleases.helm.toolkit.fluxcd.io is forbidden: User "x" cannot list';
  api.fault = ({ plural }) => (plural === 'helmreleases' ? { status: 403, message } : undefined);
  const watch = watching(api, { kinds: kindsNamed('GitRepository', 'HelmRelease') });
  await watch.until(() => watch.health()?.text === 'Not allowed to see HelmReleases');
  assert.deepEqual(watch.health()?.kinds, ['HelmRelease']);
  assert.deepEqual(watch.words('GitRepository'), ['LISTED']);
  assert.deepEqual(watch.logged, [`The cluster does not let us watch HelmReleases: ${message}`]);
  const allowed = watch.clock();
  api.fault = () => undefined;
  await watch.until(isLive(watch));
  assert.ok(watch.clock() - allowed <= 5);
});

test('a server that begins again may refuse all for a while: nobody is told', LIMIT, async () => {
  const api = await anApi();
  api.put('gitrepositories', 'a');
  api.put('kustomizations', 'a');
  const watch = await watchingLive(api, {
    kinds: kindsNamed('GitRepository', 'Kustomization', 'HelmRelease', 'Event'),
  });
  api.freeze();
  await watch.until(isStale(watch));
  const before = watch.healths.length;
  let began = Number.POSITIVE_INFINITY;
  let refusals = 0;
  const lasts = { gitrepositories: 403, kustomizations: 404, helmreleases: 503, events: 403 };
  api.fault = ({ plural }) => {
    began = Math.min(began, watch.clock());
    const found = Object.entries(lasts).findIndex(([name]) => name === plural);
    // They come one by one.
    if (found < 0 || watch.clock() - began > 4 + found / 2) return undefined;
    refusals += 1;
    return { status: Object.values(lasts)[found] ?? 0 };
  };
  api.thaw();
  await watch.until(isLive(watch));
  assert.ok(watch.clock() - began <= 8, `live after ${watch.clock() - began} s`);
  assert.ok(refusals > 12, `${refusals} refusals`);
  const texts = watch.healths.slice(before).map(({ health }) => health.text);
  assert.deepEqual(texts, ['Catching up with the cluster', 'Live']);
  assert.deepEqual(watch.logged, []);
  assert.deepEqual(watch.words('Kustomization'), ['LIST a', 'LISTED']);
});

test('all that we may not see is one line at the terminal', LIMIT, async () => {
  const api = await anApi();
  api.fault = ({ plural }) =>
    plural === 'gitrepositories' ? undefined : { status: 403, message: 'no' };
  const watch = watching(api, { kinds: KINDS });
  await watch.until(() => watch.health()?.text === `Not allowed to see ${KINDS.length - 1} kinds`);
  assert.deepEqual(watch.logged, [
    `The cluster does not let us watch OCIRepositories and ${KINDS.length - 2} other kinds: no`,
  ]);
});

test('who may see one namespace sees it, and is told so', LIMIT, async () => {
  const api = await anApi();
  api.put('gitrepositories', 'a');
  writeFileSync(api.kubeconfig, kubeconfigTo(api.port, { namespace: 'demo' }));
  api.fault = ({ path }) => (path.includes('/namespaces/demo/') ? undefined : { status: 403 });
  const watch = await watchingLive(api);
  assert.deepEqual(watch.health(), { state: 'live', text: 'Only namespace demo' });
  assert.deepEqual(watch.words('GitRepository'), ['LIST a', 'LISTED']);
});

test('one namespace is no substitute for all that were seen', LIMIT, async () => {
  const api = await anApi();
  writeFileSync(api.kubeconfig, kubeconfigTo(api.port, { namespace: 'demo' }));
  const watch = await watchingLive(api, { kinds: repositories });
  api.fault = ({ path }) => (path.includes('/namespaces/demo/') ? undefined : { status: 403 });
  api.cut();
  await watch.until(() => watch.health()?.text === 'Not allowed to see anything of Flux');
  assert.deepEqual(watch.words('GitRepository'), ['LISTED']);
});

test(
  'a kind that the cluster lacks is left out, picked up when it comes, gone when it goes',
  LIMIT,
  async () => {
    const api = await anApi();
    let isServed = false;
    api.fault = ({ plural }) =>
      plural === 'kustomizations' && !isServed ? { status: 404 } : undefined;
    api.put('kustomizations', 'x');
    const watch = await watchingLive(api);
    assert.deepEqual(watch.health(), { state: 'live', text: 'Live' });
    assert.deepEqual(watch.words('Kustomization'), []);
    const served = watch.clock();
    isServed = true;
    await watch.until(() => watch.words('Kustomization').length === 2);
    assert.ok(watch.clock() - served <= 10);
    isServed = false;
    api.endWatches();
    await watch.until(() => watch.words('Kustomization').length === 4);
    assert.deepEqual(watch.words('Kustomization'), ['LIST x', 'LISTED', 'ERROR', 'LISTED']);
    assert.deepEqual(watch.logged, [], 'that is no news');
  },
);

test('a token that was replaced in its file is taken up', LIMIT, async () => {
  const api = await anApi();
  const watch = await watchingLive(api);
  api.fault = ({ token }) =>
    token === 'sesame' ? { status: 401, message: 'Unauthorized' } : undefined;
  api.cut();
  const text = 'The cluster does not accept our credentials';
  await watch.until(() => watch.health()?.text === text && !watch.health()?.kinds);
  const replaced = watch.clock();
  writeFileSync(api.tokenFile, 'open\n');
  api.put('gitrepositories', 'x');
  await watch.until(isLive(watch));
  assert.ok(watch.clock() - replaced <= 5);
  await watch.until(() => watch.words('GitRepository').includes('ADDED x'));
  assert.deepEqual(watch.words('GitRepository'), ['LISTED', 'ADDED x']);
});

test('a kubeconfig that names another port is followed', LIMIT, async () => {
  const [api, other] = await Promise.all([anApi(), anApi()]);
  other.put('gitrepositories', 'there');
  const watch = await watchingLive(api, { kinds: repositories });
  api.cut();
  writeFileSync(api.kubeconfig, kubeconfigTo(other.port));
  await watch.until(() => watch.words('GitRepository').length === 4);
  assert.deepEqual(watch.words('GitRepository'), ['LISTED', 'ERROR', 'LIST there', 'LISTED']);
});

test('a kubeconfig that is away or half written for a while is waited for', LIMIT, async () => {
  const api = await anApi();
  const watch = await watchingLive(api, { kinds: repositories });
  writeFileSync(api.kubeconfig, '{"apiVer');
  await watch.until(isStale(watch));
  assert.equal(watch.health()?.text, 'The kubeconfig has no way to the cluster');
  writeFileSync(api.kubeconfig, kubeconfigTo(api.port));
  await watch.until(isLive(watch));
});

test('a laptop that wakes connects anew', LIMIT, async () => {
  const api = await anApi();
  let ahead = 0;
  const watch = await watchingLive(api, { ahead: () => ahead });
  ahead = 3600;
  while (api.connections() === 1) await new Promise((resolve) => setTimeout(resolve, 50));
  api.put('gitrepositories', 'x');
  await watch.until(() => watch.words('GitRepository').includes('ADDED x'));
});

for (const http1 of [false, true]) {
  const over = http1 ? 'HTTP/1.1' : 'HTTP/2';

  test(`over ${over} a watch works, falls stale and comes back`, LIMIT, async () => {
    const api = await anApi({ http1 });
    api.put('gitrepositories', 'a');
    const watch = await watchingLive(api);
    assert.equal(
      api.asked.some(({ path }) => path === '/readyz'),
      http1,
    );
    api.put('gitrepositories', 'b');
    await watch.until(() => watch.words('GitRepository').includes('ADDED b'));
    const frozen = watch.clock();
    api.freeze();
    await watch.until(isStale(watch));
    assert.ok(watch.clock() - frozen <= 5, `stale after ${watch.clock() - frozen} s`);
    api.thaw();
    await watch.until(isLive(watch));
    assert.deepEqual(watch.words('GitRepository'), ['LIST a', 'LISTED', 'ADDED b']);
  });
}

test('who listens may throw: the watch goes on', LIMIT, async () => {
  const api = await anApi();
  const watch = await watchingLive(api, {
    kinds: repositories,
    onObservation: () => {
      throw new Error('https://me:secret@git.example/');
    },
  });
  for (const name of ['a', 'b']) api.put('gitrepositories', name);
  await watch.until(() => watch.words('GitRepository').includes('ADDED b'));
  assert.ok(watch.logged.length > 0);
  assert.ok(watch.logged.every((line) => !line.includes('secret')));
});

test('once stopped it tells nothing and leaves nothing behind', LIMIT, async () => {
  const api = await anApi();
  const watch = await watchingLive(api, { kinds: KINDS });
  watch.stop();
  const told = watch.observed.length + watch.healths.length;
  api.put('gitrepositories', 'late');
  while (api.watches().length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(watch.observed.length + watch.healths.length, told);
  await assert.rejects(watch.ask({ method: 'GET', path: '/version' }));
  assert.equal(api.connections(), 1);
});

test('nothing that is told of health says where or who', LIMIT, async () => {
  const api = await anApi();
  const watch = await watchingLive(api);
  api.freeze();
  await watch.until(isStale(watch));
  api.fault = () => ({ status: 403, message: 'User "system:admin" cannot list at 127.0.0.1' });
  api.thaw();
  await watch.until(() => watch.health()?.text === 'Not allowed to see anything of Flux');
  const told = JSON.stringify(watch.healths);
  for (const secret of ['127.0.0.1', String(api.port), 'hush', 'admin', 'sesame']) {
    assert.ok(!told.includes(secret), secret);
  }
});
