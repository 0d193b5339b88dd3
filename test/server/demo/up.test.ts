import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { AskApi } from '../../../server/api.ts';
import type { Choice } from '../../../server/demo/begin.ts';
import { down } from '../../../server/demo/down.ts';
import { controllerPath, PATHS } from '../../../server/demo/manifests.ts';
import { headOf } from '../../../server/demo/repository.ts';
import type { Ran, Run } from '../../../server/demo/run.ts';
import { type Demo, places, readDemo } from '../../../server/demo/state.ts';
import { demoStatus } from '../../../server/demo/status.ts';
import { type Step, up } from '../../../server/demo/up.ts';
import { COMPONENTS } from '../../../server/demo/versions.ts';
import { Mistake } from '../../../server/mistake.ts';
import { ROOT } from '../../helpers/command.ts';
import { folderWith } from '../../helpers/folder.ts';
import { pretendCluster } from './cluster.ts';

const IMAGES = COMPONENTS.map((component) => `ghcr.io/fluxcd/${component}:v1.9.3`);
const ok = (out = ''): Ran => ({ code: 0, out, err: '' });
const failed = (err: string, code = 1): Ran => ({ code, out: '', err });

const INFO = JSON.stringify({
  ServerVersion: '28.2.2',
  OSType: 'linux',
  Architecture: 'x86_64',
  DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
});
// A second address of this machine stands in for the gateway.
const NETWORK = JSON.stringify([
  { IPAM: { Config: [{ Subnet: '127.0.0.0/8', Gateway: '127.0.0.2' }] } },
]);

/** Docker, kind and flux as arguments in and words out; `says` overrules them, first match wins. */
function pretendMachine(says: [pattern: RegExp, ran: Ran][] = []) {
  const calls: string[] = [];
  const state = { clusters: [] as string[], network: false, loaded: [] as string[], flux: false };
  const run: Run = (program, args) => {
    const line = [program, ...args].join(' ');
    calls.push(line);
    const said = says.find(([pattern]) => pattern.test(line));
    if (said) return Promise.resolve(said[1]);
    return Promise.resolve(answer(line, args));
  };
  const answer = (line: string, args: readonly string[]): Ran => {
    if (line.startsWith('docker info --format {{json .}}')) return ok(INFO);
    if (line.startsWith('docker info')) return ok('Debian GNU/Linux\n');
    if (line.startsWith('kind version')) return ok('0.32.0\n');
    if (line.startsWith('flux --version')) return ok('flux version 2.9.5\n');
    if (line.startsWith('git --version')) return ok('git version 2.39.5\n');
    if (line.startsWith('flux install --export')) {
      return ok(IMAGES.map((image) => `        image: ${image}\n`).join(''));
    }
    if (line.startsWith('docker image inspect')) return failed('No such image');
    if (line.startsWith('docker save'))
      writeFileSync(args[args.indexOf('--output') + 1] ?? '', 'tar');
    if (line === 'docker network inspect kind') return state.network ? ok(NETWORK) : failed('none');
    if (line.startsWith('docker network inspect')) return ok('0\n');
    if (line.startsWith('kind get clusters')) return ok(state.clusters.join('\n'));
    if (line.startsWith('kind delete cluster')) state.clusters.length = 0;
    if (line.startsWith('kind create cluster')) {
      state.clusters.push(args[args.indexOf('--name') + 1] ?? '');
      state.network = true;
    }
    if (line.startsWith('kind load')) state.loaded.push(path.basename(args[2] ?? ''));
    if (line.startsWith('flux install')) state.flux = true;
    if (line.startsWith('docker inspect')) return ok('true\n');
    return ok();
  };
  return { run, calls, state };
}

/** A demo folder and a cluster in which Flux brings about at once what Git says. */
function world(says: [RegExp, Ran][] = []) {
  const machine = pretendMachine(says);
  const folder = path.join(folderWith(), 'demo');
  const cluster = pretendCluster({ '/readyz': {} });
  const connect = (): AskApi => async (request) => {
    await playFlux();
    return cluster.ask(request);
  };
  async function playFlux(): Promise<void> {
    const demo = await readDemo(folder);
    const revision = demo && (await headOf(demo));
    cluster.set('/api/v1/nodes/node', { status: { images: loadedImages() } });
    if (machine.state.flux) {
      for (const [index, component] of COMPONENTS.entries()) {
        const containers = [{ image: IMAGES[index] }];
        cluster.set(controllerPath(component), {
          spec: { template: { spec: { containers } } },
          status: { readyReplicas: 1 },
        });
      }
    }
    const source = cluster.held.get(PATHS.gitRepository);
    const kustomization = cluster.held.get(PATHS.kustomization);
    if (revision === undefined || !source || !kustomization) return;
    cluster.set(PATHS.gitRepository, { ...source, status: { artifact: { revision } } });
    cluster.set(PATHS.kustomization, {
      ...kustomization,
      status: { lastAppliedRevision: revision, conditions: [{ type: 'Ready', status: 'True' }] },
    });
    if (cluster.held.has(PATHS.deployment)) return;
    cluster.set(PATHS.deployment, { spec: { replicas: 2 }, status: { readyReplicas: 2 } });
    cluster.set(PATHS.service, { spec: { ports: [{ port: 9898 }] } });
  }
  function loadedImages() {
    const names = [...IMAGES, 'ghcr.io/stefanprodan/podinfo:6.14.1'];
    const isLoaded = (name: string) =>
      machine.state.loaded.includes(`${name.replaceAll(/[^\w.-]/g, '_')}.tar`);
    return names.filter(isLoaded).map((name) => ({ names: [name] }));
  }
  const steps: Step[] = [];
  const begin = (given: Partial<Choice> = { nodeImage: 'kindest/node:local' }) =>
    up({
      folder,
      given,
      app: path.join(ROOT, 'assets/demo/app'),
      run: machine.run,
      connect,
      onStep: (step) => steps.push(step),
    });
  return { ...machine, folder, cluster, connect, steps, begin };
}

test('demo up makes everything, step by step, and remembers what pristine is', async () => {
  const { begin, calls, steps, folder, cluster, connect } = world();
  const demo = await begin();
  assert.deepEqual(
    steps.filter(({ seconds }) => seconds !== undefined).map(({ name }) => name),
    [
      'programs',
      'this machine',
      'images',
      'kind cluster',
      'API server',
      'images into the cluster',
      'Flux',
      'Git repository',
      'first sync',
    ],
  );
  const { kubeconfig } = places(folder);
  assert.ok(
    calls.includes(
      `kind create cluster --name fluxdeck --kubeconfig ${kubeconfig} --config - --wait 180s`,
    ),
  );
  assert.ok(
    calls.includes(
      `flux install --components=source-controller,kustomize-controller,notification-controller --kubeconfig ${kubeconfig} --timeout 4m`,
    ),
  );
  const pulls = calls.filter((call) => call.startsWith('docker pull'));
  assert.equal(pulls.length, 5);
  assert.ok(pulls[1]?.includes('source-controller:v1.9.3@sha256:ff8f3c92'), 'by digest');
  assert.ok(calls.some((call) => call.startsWith('docker save --platform linux/amd64 --output')));

  const spec = cluster.held.get(PATHS.gitRepository)?.spec;
  assert.match(JSON.stringify(spec), /"url":"http:\/\/127\.0\.0\.2:\d+\/app\.git"/);
  assert.deepEqual(await readDemo(folder), demo);
  assert.equal(demo.pristine?.revision, await headOf(demo));
  assert.equal((await demoStatus(demo, connect())).state, 'pristine');
  const deployment = readFileSync(path.join(places(folder).copy, 'app/deployment.yaml'), 'utf8');
  assert.match(deployment, /image: ghcr\.io\/stefanprodan\/podinfo:6\.14\.1\n/);
});

test('a second demo up finds everything there and needs no network', async () => {
  const { begin, calls } = world();
  const first = await begin();
  calls.length = 0;
  const second = await begin();
  assert.deepEqual(second, first);
  const made = calls.filter((call) =>
    /docker (pull|save|tag)|kind (create|load|delete)|flux install --comp/.test(call),
  );
  assert.deepEqual(made, []);
});

test('an interrupted cluster is made anew by the next demo up', async () => {
  const stop: [RegExp, Ran][] = [[/kind create/, failed('signal: interrupt', 130)]];
  const { begin, calls, state, folder } = world(stop);
  await assert.rejects(begin(), /kind could not make the cluster: signal: interrupt/);
  assert.equal((await readDemo(folder))?.made, false);
  state.clusters.push('fluxdeck');
  stop.length = 0;
  const demo = await begin();
  assert.ok(calls.some((call) => call.startsWith('kind delete cluster --name fluxdeck')));
  assert.equal(demo.made, true);
  assert.ok(demo.pristine);
});

test('a cluster of the same name that is not the demo’s is left alone', async () => {
  const { begin, calls, state } = world();
  state.clusters.push('fluxdeck');
  await assert.rejects(begin(), /kind cluster fluxdeck that this demo did not make/);
  assert.ok(!calls.some((call) => /kind (create|delete)/.test(call)));
});

const nowhere: [RegExp, Ran] = [
  /^docker pull/,
  failed('Error response from daemon: dial tcp: lookup registry-1: no such host'),
];

test('a demo that was not made binds nobody: the next demo up takes its own flags', async () => {
  const says = [nowhere];
  const { begin, calls } = world(says);
  await assert.rejects(begin({}), /no image kindest\/node:v1/);
  says.length = 0;

  const given = { cluster: 'other', nodeImage: 'kindest/node:mine' };
  const { cluster, nodeImage, made } = await begin(given);
  assert.deepEqual([cluster, nodeImage, made], ['other', 'kindest/node:mine', true]);
  assert.ok(calls.some((call) => call.startsWith('kind create cluster --name other ')));
  assert.ok(calls.includes('docker pull --quiet kindest/node:mine'));
});

test('without a flag the next demo up takes the default, not what an earlier try was told', async () => {
  const says = [nowhere];
  const { begin } = world(says);
  await assert.rejects(begin({ nodeImage: 'kindest/node:tpyo' }), /no image kindest\/node:tpyo/);
  says.length = 0;
  assert.match((await begin({})).nodeImage, /^kindest\/node:v1.*@sha256:/);
});

test('half a cluster under a name that is not wanted any more is taken away', async () => {
  const says: [RegExp, Ran][] = [[/kind create/, failed('signal: interrupt', 130)]];
  const { begin, calls, state } = world(says);
  await assert.rejects(begin(), /signal: interrupt/);
  state.clusters.push('fluxdeck');
  says.length = 0;
  await begin({ cluster: 'other' });
  assert.ok(calls.some((call) => call.startsWith('kind delete cluster --name fluxdeck')));
  assert.deepEqual(state.clusters, ['other']);
});

const others: [flag: string, given: Partial<Choice>, told: RegExp][] = [
  ['--name', { cluster: 'other' }, /made with --name fluxdeck\..*demo down` first/],
  [
    '--node-image',
    { nodeImage: 'kindest/node:b' },
    /--node-image kindest\/node:local\..*demo down/,
  ],
  ['--app-image', { appImage: 'app:2' }, /--app-image ghcr\.io\S+:6\.14\.1\..*demo down` first/],
];

for (const [flag, given, told] of others) {
  test(`once the demo is made another ${flag} is refused, and none takes what it has`, async () => {
    const { begin, calls } = world();
    const first = await begin();
    calls.length = 0;
    await assert.rejects(begin(given), (error) => {
      assert.ok(error instanceof Mistake);
      assert.equal(error.exitCode, 1);
      assert.match(error.message, told);
      return true;
    });
    assert.ok(!calls.some((call) => /kind (create|delete|load)|docker pull/.test(call)));
    assert.deepEqual(await begin({}), first);
  });
}

test('a node image that is not to be had is told with those that Docker has', async () => {
  const here = 'kindest/node:v1.31.0\nkindest/node:<none>\nkindest/node:local-2\n';
  const { begin } = world([nowhere, [/^docker image ls .*kindest\/node$/, ok(here)]]);
  await assert.rejects(
    begin(),
    /no image kindest\/node:local.*Docker has kindest\/node:v1\.31\.0, kindest\/node:local-2\. .*demo up --node-image kindest\/node:v1\.31\.0$/s,
  );
});

test('all programs that are missing are told at once', async () => {
  const { begin } = world([
    [/^kind/, failed('ENOENT', 127)],
    [/^flux/, failed('ENOENT', 127)],
  ]);
  await assert.rejects(begin(), /^Mistake: The demo needs kind.*\nThe demo needs flux.*fluxcd\.io/);
});

const troubles: [what: string, says: [RegExp, Ran], told: RegExp][] = [
  ['no Docker', [/^docker/, failed('ENOENT', 127)], /needs docker.*docs\.docker\.com/],
  ['no kind', [/^kind/, failed('ENOENT', 127)], /needs kind.*kind\.sigs\.k8s\.io/],
  ['no flux', [/^flux/, failed('ENOENT', 127)], /needs flux.*fluxcd\.io/],
  [
    'a Docker that is not started',
    [/^docker info/, { code: 1, out: '{"ServerErrors":["Cannot connect"]}', err: '' }],
    /does not answer. Start Docker Desktop/,
  ],
  [
    'a Docker that refuses',
    [/^docker info/, failed('permission denied while trying to connect to the Docker daemon')],
    /usermod -aG docker/,
  ],
  ['an older kind', [/^kind version/, ok('0.29.0\n')], /kind is version 0\.29\.0.*any 0\.32\.x/],
  ['a newer flux', [/^flux --v/, ok('flux version 2.10.0')], /2\.10\.0.*any 2\.9\.x is fine/],
  [
    'a node image that is not to be had',
    [
      /^docker pull/,
      failed('Error response from daemon: dial tcp: lookup registry-1: no such host'),
    ],
    /no image kindest\/node:local.*no such host\nThere is no network.*\n--node-image IMAGE/s,
  ],
  [
    'Docker’s containerd image store',
    [/^kind load/, failed('ERROR: ctr: content digest sha256:aa: not found')],
    /containerd image store/,
  ],
  [
    'too few inotify watches',
    [/^kind create/, failed('ERROR: failed to create cluster: too many open files')],
    /sysctl fs\.inotify/,
  ],
  [
    'a node that can’t be pulled by kind itself',
    [
      /^kind create/,
      failed(
        'ERROR: failed to create cluster: failed to pull image "kindest/node:v1.36.1@sha256:1"',
      ),
    ],
    /--node-image/,
  ],
];

for (const [what, says, told] of troubles) {
  test(`${what} is told with its cure`, async () => {
    await assert.rejects(world([says]).begin(), told);
  });
}

test('demo down takes everything away, and again what is left of it', async () => {
  const { begin, run, calls, folder } = world();
  await begin();
  calls.length = 0;
  const done = await down({ folder, run, keepImages: false });
  assert.ok(!existsSync(folder));
  assert.ok(calls.some((call) => call.startsWith('kind delete cluster --name fluxdeck')));
  assert.ok(calls.includes('docker network rm kind'));
  assert.ok(calls.includes('docker image rm kindest/node:local'));
  assert.match(done.join('\n'), /the kind cluster fluxdeck/);
  assert.deepEqual(await down({ folder, run, keepImages: false }), []);

  mkdirSync(folder, { recursive: true });
  writeFileSync(places(folder).file, '{"half');
  assert.deepEqual(await down({ folder, run, keepImages: false }), []);
  assert.ok(!existsSync(folder));
});

test('demo down leaves a network that was there before, and images when asked to', async () => {
  const { begin, run, calls, folder, state } = world();
  state.network = true;
  await begin();
  await down({ folder, run, keepImages: true });
  assert.ok(!calls.some((call) => /network rm|image rm/.test(call)));
});

const uses: [
  what: string,
  use: (used: ReturnType<typeof world>, demo: Demo) => void,
  why: RegExp,
][] = [
  [
    'a scaled Deployment',
    ({ cluster }) =>
      cluster.set(PATHS.deployment, { spec: { replicas: 5 }, status: { readyReplicas: 5 } }),
    /Deployment podinfo: replicas is 5, not 2/,
  ],
  [
    'a suspended Kustomization',
    ({ cluster }) => {
      const known = cluster.held.get(PATHS.kustomization);
      cluster.set(PATHS.kustomization, { ...known, spec: { ...spec(known), suspend: true } });
    },
    /Kustomization podinfo: suspend is true, not false/,
  ],
  [
    'somebody else’s Deployment',
    ({ cluster }) => cluster.set('/apis/apps/v1/namespaces/podinfo/deployments/extra', {}),
    /Deployment extra is not the demo's/,
  ],
  [
    'a GitRepository in another namespace',
    ({ cluster }) =>
      cluster.set('/apis/source.toolkit.fluxcd.io/v1/namespaces/team/gitrepositories/theirs', {}),
    /GitRepository theirs is not the demo's/,
  ],
  [
    'work in the working copy',
    (_, { folder }) => writeFileSync(path.join(places(folder).copy, 'x'), 'x'),
    /1 changed in the working copy/,
  ],
];

function spec(object: Record<string, unknown> | undefined): object {
  return typeof object?.spec === 'object' && object.spec !== null ? object.spec : {};
}

for (const [what, use, why] of uses) {
  test(`demo status tells ${what}`, async () => {
    const used = world();
    const demo = await used.begin();
    assert.deepEqual(await demoStatus(demo, used.connect()), { state: 'pristine', why: [] });
    use(used, demo);
    const status = await demoStatus(demo, used.connect());
    assert.equal(status.state, 'used');
    assert.match(status.why.join('\n'), why);
  });
}

test('demo status without a demo, without its end, without its cluster', async () => {
  const { begin, folder, connect } = world();
  assert.equal((await demoStatus(undefined, connect())).state, 'absent');
  const demo = await begin();
  const { pristine: _, ...unfinished } = demo;
  assert.equal((await demoStatus(unfinished, connect())).state, 'unfinished');
  const away = await demoStatus(demo, () => Promise.reject(new Error('ECONNREFUSED')));
  assert.equal(away.state, 'away');
  rmSync(folder, { recursive: true });
});
