import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replaceSpec } from '../../../server/demo/apiObject.ts';
import { saveArguments } from '../../../server/demo/images.ts';
import { specChanges } from '../../../server/demo/inspect.ts';
import { lowLimit } from '../../../server/demo/machine.ts';
import { kindConfig } from '../../../server/demo/manifests.ts';
import { commitOf, differences } from '../../../server/demo/pristine.ts';
import { findReach, parseBridge } from '../../../server/demo/reach.ts';
import { meaningOf } from '../../../server/demo/trouble.ts';
import { imagesOf, pinned, tagOf, versionIn } from '../../../server/demo/versions.ts';

test('a version is found in what a program prints of itself', () => {
  assert.deepEqual(versionIn('flux version 2.9.5\n'), { whole: '2.9.5', minor: '2.9' });
  assert.deepEqual(versionIn('kind v0.32.0 go1.26 linux/amd64'), {
    whole: '0.32.0',
    minor: '0.32',
  });
  assert.equal(versionIn('who knows'), undefined);
});

test('images are pinned by digest where one is known, and called by their tag in a cluster', () => {
  const image = 'ghcr.io/fluxcd/source-controller:v1.9.4';
  assert.match(pinned(image), /^ghcr\.io\/fluxcd\/source-controller:v1\.9\.4@sha256:[0-9a-f]{64}$/);
  assert.equal(tagOf(pinned(image)), image);
  assert.equal(pinned('example.com/app:1'), 'example.com/app:1');
});

test('the images of manifests are those of their containers, each once', () => {
  const manifests =
    '  - image: a:1\n    image: "b:2"\n    image: a:1\n    imagePullPolicy: Always\n';
  assert.deepEqual(imagesOf(manifests), ['a:1', 'b:2']);
});

test('only containerd’s store is asked for one platform', () => {
  const docker = { version: '28', platform: 'linux/arm64', containerd: false };
  assert.deepEqual(saveArguments('a:1', 'a.tar', docker), ['save', '--output', 'a.tar', 'a:1']);
  assert.deepEqual(saveArguments('a:1', 'a.tar', { ...docker, containerd: true }), [
    'save',
    '--platform',
    'linux/arm64',
    '--output',
    'a.tar',
    'a:1',
  ]);
});

test('how values differ is told by place', () => {
  const wanted = { replicas: 2, image: 'a:1', env: [{ name: 'X', value: 'x' }], suspend: false };
  assert.deepEqual(differences(wanted, wanted), []);
  assert.deepEqual(
    differences(wanted, {
      replicas: 5,
      image: 'a:2',
      env: [{ name: 'X', value: 'y' }],
      paused: true,
    }),
    [
      'replicas is 5, not 2',
      'image is a:2, not a:1',
      'env[0].value is y, not x',
      'suspend is missing',
      'paused was added: true',
    ],
  );
  assert.deepEqual(differences({ a: [1] }, { a: [1, 2] }), ['a was changed']);
  assert.deepEqual(differences({ a: 'x'.repeat(99) }, { a: 'y' }), ['a was changed']);
});

test('the commit of a revision is its hash', () => {
  assert.equal(commitOf(`main@sha1:${'a'.repeat(40)}`), 'a'.repeat(40));
});

test('pods reach this machine at the IPv4 gateway of kind’s network', async () => {
  const config = [
    { Subnet: 'fc00:f853:ccd:e793::/64' },
    { Subnet: '172.19.0.0/16', Gateway: '172.19.0.1' },
  ];
  const network = JSON.stringify([{ IPAM: { Config: config } }]);
  assert.deepEqual(parseBridge(network), { gateway: '172.19.0.1', subnets: ['172.19.0.0/16'] });
  for (const text of ['', '[]', '[{}]', 'null', '[{"IPAM":{"Config":[{"Gateway":7}]}}]']) {
    assert.equal(parseBridge(text), undefined, text);
  }
  const linux = await findReach(
    (_, args) =>
      Promise.resolve({ code: 0, err: '', out: args[0] === 'network' ? network : 'Debian' }),
    'linux',
  );
  assert.deepEqual(linux.addresses, ['127.0.0.1', '172.19.0.1']);
  assert.deepEqual(linux.networks, ['172.19.0.0/16']);
});

test('in Docker Desktop pods reach this machine’s loopback by a name', async () => {
  const run = () => Promise.resolve({ code: 0, out: 'Docker Desktop', err: '' });
  for (const platform of ['darwin', 'win32', 'linux'] as const) {
    const reach = await findReach(run, platform);
    assert.deepEqual([reach.host, reach.addresses], ['host.docker.internal', ['127.0.0.1']]);
  }
});

test('without kind’s network there is no way, and that is told', async () => {
  const run = () => Promise.resolve({ code: 1, out: '', err: 'no such network' });
  await assert.rejects(findReach(run, 'linux'), /no network kind/);
});

test('what programs say when they fail is known', () => {
  const rows: [string, RegExp][] = [
    ['node(s) already exist for a cluster with the name "fluxdeck"', /demo down/],
    ['failed to pull image "kindest/node:v1.36.1@sha256:…"', /--node-image/],
    ['toomanyrequests: You have reached your pull rate limit', /rate limit/],
    ['write /x: no space left on device', /disk is full/],
    ['Bind for 127.0.0.1:36000 failed: port is already allocated', /port/],
    ['Cannot connect to the Docker daemon at unix:///var/run/docker.sock', /does not answer/],
  ];
  for (const [said, meaning] of rows) assert.match(meaningOf(said) ?? '', meaning);
  assert.equal(meaningOf('something new'), undefined);
});

test('a limit is told only when it is low', () => {
  assert.match(lowLimit('max_user_instances', '128\n', 512) ?? '', /is 128.*sysctl/);
  assert.equal(lowLimit('max_user_instances', '512\n', 512), undefined);
  assert.equal(lowLimit('max_user_instances', '', 512), undefined);
});

test('kind’s configuration binds the API server to this machine', () => {
  const config = kindConfig({ cluster: 'fluxdeck', nodeImage: 'kindest/node:local' });
  assert.match(config, /apiServerAddress: 127\.0\.0\.1/);
  assert.match(config, /image: kindest\/node:local/);
});

test('an address that a cluster gives out is no change, a port is', () => {
  const path = '/api/v1/namespaces/podinfo/services/podinfo';
  const revision = `main@sha1:${'a'.repeat(40)}`;
  const pristine = { revision, specs: { [path]: { clusterIP: '10.0.0.1', ports: [{ port: 1 }] } } };
  const now = (spec: object) => specChanges(pristine, { [path]: spec });
  assert.deepEqual(now({ clusterIP: '10.0.0.2', ports: [{ port: 1 }] }), []);
  assert.deepEqual(now({ clusterIP: '10.0.0.1', ports: [{ port: 2 }] }), [
    { path, words: 'Service podinfo: ports[0].port is 2, not 1' },
  ]);
  assert.deepEqual(specChanges(pristine, {}), [{ path, words: 'Service podinfo is gone' }]);
});

test('a spec is put in the place of another although a controller writes in between', async () => {
  const puts: unknown[] = [];
  let version = 1;
  await replaceSpec(
    ({ method, body }) => {
      const object = { metadata: { resourceVersion: String(version) }, spec: { suspend: true } };
      if (method === 'GET') return Promise.resolve({ status: 200, body: JSON.stringify(object) });
      puts.push(JSON.parse(body ?? ''));
      version += 1;
      return Promise.resolve({ status: puts.length < 3 ? 409 : 200, body: '{}' });
    },
    '/apis/x/v1/namespaces/n/receivers/podinfo',
    { suspend: false },
  );
  assert.deepEqual(puts.at(-1), { metadata: { resourceVersion: '3' }, spec: { suspend: false } });
  assert.equal(puts.length, 3);
});
