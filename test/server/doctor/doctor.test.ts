import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { after, test } from 'node:test';
import { PATHS } from '../../../server/demo/manifests.ts';
import { places } from '../../../server/demo/state.ts';
import { stringifyRecording } from '../../../src/shared/recording.ts';
import { fluxdeck } from '../../helpers/command.ts';
import { folderWith } from '../../helpers/folder.ts';
import { aPush, on } from '../../helpers/story.ts';
import { demoUp, HOOK, PROGRAMS, surroundings } from './demo.ts';

const DECK = 'slides/flux-basics.md';

/** The command's lines: a name and what is told of it. */
async function doctor(
  state: string,
  scripts: Readonly<Record<string, string>> = PROGRAMS,
  ...options: string[]
) {
  const { code, out, err } = await fluxdeck(['doctor', DECK, ...options], {
    state,
    env: surroundings(scripts),
  });
  assert.equal(err, '');
  const lines = out.trimEnd().split('\n');
  const told = new Map(
    lines.slice(0, -1).map((line) => {
      const [, word = '', name = '', words = ''] =
        /^[✓!✗–] (\w+) +(.+?) {2,}(.*)$/.exec(line) ?? assert.fail(line);
      return [name, `${word}: ${words}`];
    }),
  );
  return { code, told, last: lines.at(-1) ?? '', out };
}

/** A talk of five minutes ago, in which a push came to its end. */
function keepPush(state: string): void {
  const folder = path.join(state, 'fluxdeck', 'runs');
  const recording = stringifyRecording({
    title: 'A talk',
    started: new Date(Date.now() - 300_000).toISOString(),
    flow: { resources: [], health: { state: 'live', text: 'Live' } },
    events: [...aPush(), on(21, { type: 'marker', name: 'end' })],
  });
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'one.jsonl'), recording);
}

function failures(told: ReadonlyMap<string, string>): string[] {
  return [...told].filter(([, words]) => words.startsWith('failure')).map(([name]) => name);
}

test('without a demo the talk plays its recorded run, and that is good enough', async () => {
  const { code, told, last } = await doctor(folderWith());
  assert.deepEqual([code, last], [0, 'You can go on stage.']);
  assert.match(told.get('cluster') ?? '', /^warning: there is no demo: .*→ `fluxdeck demo up`/);
  assert.match(told.get('fallback') ?? '', /^ok: push, drift \(shipped, /);
  assert.match(told.get('webhook') ?? '', /^skipped: /);
});

test('a demo that is up is found ready in each respect', async () => {
  const { state, demo } = await demoUp();
  keepPush(state);
  const { code, told, last } = await doctor(state);
  assert.deepEqual([failures(told), code, last], [[], 0, 'You can go on stage.']);
  const expected: Record<string, RegExp> = {
    browser: /^ok: .*chromium/,
    deck: /^ok: 11 slides, 3 diagrams/,
    programs: /^ok: Docker 29\.0\.1, git \d\S+, kind 0\.32\.0, flux 2\.9\.5$/,
    cluster: /^(ok|warning): Kubernetes v1\.36\.2 answers in \d+ ms/,
    flux: /^ok: Flux v2\.9\.5: source v1\.9\.4, kustomize v1\.9\.4, notification v1\.9\.4$/,
    permissions: /^ok: all 13 kinds/,
    ports: /^(ok|warning): /,
    'Git host': new RegExp(`^ok: .* 127\\.0\\.0\\.2:${demo.port} \\(opened to try\\)$`),
    webhook: /^ok: a forged one gets to the Receiver and is refused; ours is signed as it wants$/,
    images: /^ok: all 4 are on the node, and saved$/,
    demo: /^ok: pristine$/,
    fallback: /^ok: push \(your own run, \d+ min ago\); drift \(shipped, /,
    clock: /^ok: /,
    proxy: /^ok: no proxy is set$/,
  };
  for (const [name, pattern] of Object.entries(expected)) {
    assert.match(told.get(name) ?? `nothing of ${name}`, pattern);
  }
});

test('looking changes nothing: it reads, asks what it may, and sends one forged webhook', async () => {
  const { state, cluster } = await demoUp();
  await doctor(state);
  const writes = cluster.asked.filter(({ method }) => method !== 'GET').map(({ path }) => path);
  assert.deepEqual(
    new Set(writes),
    new Set([
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      `/api/v1/namespaces/flux-system/services/http:webhook-receiver:80/proxy${HOOK}`,
    ]),
  );
  assert.equal(writes.filter((path) => path.endsWith(HOOK)).length, 1);
});

test('neither lines nor JSON tell a token, a webhook’s path or the context’s name', async () => {
  const { state, demo, cluster } = await demoUp();
  cluster.held.delete(PATHS.deployment);
  const lines = await doctor(state);
  const env = surroundings(PROGRAMS);
  const { code, out } = await fluxdeck(['doctor', DECK, '--json'], { state, env });
  const found = JSON.parse(out);
  assert.deepEqual([code, found.ready, found.first], [1, false, 'demo']);
  assert.ok(found.checks.length > 15);
  const secrets = [demo.hookSecret, demo.pushToken, demo.id, HOOK, 'a-token-of', 'kind-secret'];
  for (const secret of secrets) assert.ok(!`${lines.out}${out}`.includes(secret), secret);
});

type Up = Awaited<ReturnType<typeof demoUp>>;

const wrong: [
  sentence: string,
  breaks: (up: Up) => unknown,
  name: string,
  words: RegExp,
  scripts?: Record<string, string>,
][] = [
  [
    'a deleted Deployment: the demo is used',
    ({ cluster }) => cluster.held.delete(PATHS.deployment),
    'demo',
    /used: Deployment podinfo is gone → fluxdeck demo reset/,
  ],
  [
    'another webhook secret than ours',
    ({ cluster }) => cluster.set(PATHS.secret, { data: { token: 'eHh4' } }),
    'webhook',
    /another secret than the demo’s → fluxdeck demo up/,
  ],
  [
    'a Receiver that Flux has not made ready',
    ({ cluster }) => cluster.set(PATHS.receiver, { spec: { type: 'generic-hmac' } }),
    'webhook',
    /the Receiver is not ready → /,
  ],
  [
    'a Receiver that checks no signature, and gets none that is forged',
    ({ cluster }) => {
      cluster.set(PATHS.receiver, {
        spec: { type: 'generic' },
        status: { webhookPath: '/hook/x' },
      });
    },
    'webhook',
    /the Receiver checks no signature → /,
  ],
  [
    'an image that the node has lost',
    ({ cluster }) => cluster.set('/api/v1/nodes', { items: [] }),
    'images',
    /the cluster’s node lacks .*podinfo:6\.14\.1.* → fluxdeck demo up/,
  ],
  [
    'a controller that is gone',
    ({ cluster }) => cluster.set('/apis/apps/v1/deployments', { items: [] }),
    'flux',
    /Flux is not installed → fluxdeck demo up/,
  ],
  [
    'a firewall between the cluster and the Git host',
    () => undefined,
    'Git host',
    /does not reach it at 127\.0\.0\.2:\d+ → Does a firewall/,
    { ...PROGRAMS, docker: PROGRAMS.docker.replace('exec "$@"', 'exit 1') },
  ],
  [
    'another program on the Git host’s port',
    async ({ demo }) => {
      const server = createServer().listen(demo.port, '127.0.0.1');
      await once(server, 'listening');
      after(() => server.close());
    },
    'ports',
    /another program has port \d+, the Git host’s → End that program/,
  ],
  [
    'a Docker that does not run',
    () => undefined,
    'programs',
    /Docker is there but does not answer → Start Docker Desktop/,
    { ...PROGRAMS, docker: 'echo Cannot connect to the Docker daemon >&2; exit 1' },
  ],
];

test('what is wrong is told with its cure, and the first of it in the last line', async (t) => {
  for (const [sentence, breaks, name, words, scripts] of wrong) {
    await t.test(sentence, async () => {
      const up = await demoUp();
      await breaks(up);
      const { code, told, last } = await doctor(up.state, scripts);
      assert.match(told.get(name) ?? '', words);
      assert.deepEqual([code, failures(told)[0]], [1, name]);
      const cure = told.get(name)?.split(' → ')[1] ?? '';
      assert.equal(last, `Do this first (${name}): ${cure}`);
    });
  }
});

test('when the cluster is gone that alone is blamed, and not what is behind it', async () => {
  const { state, close } = await demoUp();
  close();
  const { code, told, last } = await doctor(state);
  assert.deepEqual([code, failures(told)], [1, ['cluster']]);
  assert.match(last, /^Do this first \(cluster\): docker start fluxdeck-control-plane/);
  for (const name of ['flux', 'webhook', 'images', 'demo']) {
    assert.match(told.get(name) ?? '', /^skipped: needs the cluster/);
  }
});

test('a kubeconfig without the context that was named is told as such', async () => {
  const { demo } = await demoUp();
  const named = ['--kubeconfig', places(demo.folder).kubeconfig, '--context', 'nowhere'];
  const { code, told } = await doctor(folderWith(), PROGRAMS, ...named);
  assert.equal(code, 1);
  assert.match(told.get('cluster') ?? '', /^failure: There is no context “nowhere”/);
});

test('a cluster that was named is only looked at: no demo is asked for', async () => {
  const { demo, cluster } = await demoUp();
  const named = ['--kubeconfig', places(demo.folder).kubeconfig];
  cluster.set('/apis/source.toolkit.fluxcd.io/v1/gitrepositories', {
    items: [
      { metadata: { name: 'a' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } },
    ],
  });
  const { code, told } = await doctor(folderWith(), PROGRAMS, ...named);
  assert.equal(code, 0);
  assert.match(told.get('Git host') ?? '', /^ok: 1 of 1 GitRepositories are ready/);
  for (const name of ['programs', 'webhook', 'images', 'demo']) assert.ok(!told.has(name), name);
});

test('when everything hangs it has said so within 15 s, and ended', async () => {
  const { state, demo, close } = await demoUp();
  close();
  // It takes connections and says nothing, as a stopped API server does.
  const mute = createServer().listen(0, '127.0.0.1');
  await once(mute, 'listening');
  after(() => mute.close());
  const bound = mute.address();
  assert.ok(typeof bound === 'object' && bound);
  const { kubeconfig } = places(demo.folder);
  const text = readFileSync(kubeconfig, 'utf8');
  writeFileSync(kubeconfig, text.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${bound.port}`));
  const names = ['docker', 'kind', 'flux', 'git', 'gsettings', 'systemd-inhibit'];
  const hanging = Object.fromEntries(names.map((name) => [name, 'sleep 60']));
  const began = performance.now();
  const { code, told } = await doctor(state, { ...PROGRAMS, ...hanging });
  const seconds = (performance.now() - began) / 1000;
  assert.ok(seconds < 15, `${seconds} s`);
  assert.equal(code, 1);
  assert.match(told.get('programs') ?? '', /^failure: docker does not answer/);
  assert.match(told.get('cluster') ?? '', /^failure: /);
  assert.match(told.get('browser') ?? '', /^ok: /);
});
