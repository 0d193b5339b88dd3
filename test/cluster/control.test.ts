import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openAdmin } from './admin.ts';
import { untilReady } from './controlPlane.ts';
import { addressOf, collection } from './manifest.ts';
import { until } from './patience.ts';
import { theCluster } from './shared.ts';
import type { Stack } from './stack.ts';

const NOTE = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'control' } };

describe('what a test can do to a cluster', () => {
  let stack: Stack;

  before(async () => {
    stack = await theCluster();
  });
  after(() => stack?.admin.ask({ method: 'DELETE', path: addressOf(NOTE) }));

  test('an API server that is killed and started again has forgotten nothing, and the raw watch goes on', async () => {
    const { admin, raw } = stack;
    const server = stack.process('kube-apiserver');
    await admin.apply(NOTE);
    await server.kill();
    assert.equal(server.running, false);
    await assert.rejects(admin.get(addressOf(NOTE)));
    server.start();
    await untilReady(admin, server);
    await admin.get(addressOf(NOTE));

    const began = Date.now();
    await admin.apply({
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: { name: 'after', namespace: 'control' },
      spec: { interval: '1h', url: stack.git.url('nowhere') },
    });
    await raw.sees('the new source', ({ at, kind, object }) => {
      return at >= began && kind === 'GitRepository' && object?.metadata.name === 'after';
    });
  });

  test('a process that is stopped answers nobody until it goes on', async () => {
    const server = stack.process('kube-apiserver');
    const { ca, token, server: url } = stack.reach;
    const stranger = openAdmin({ server: url, ca, ...(token !== undefined && { token }) });
    server.pause();
    try {
      const asked = stranger.ask({ method: 'GET', path: '/readyz' });
      const answered = await Promise.race([
        asked,
        until('nothing', () => false, 2).catch(() => 'none'),
      ]);
      assert.equal(answered, 'none');
      server.resume();
      assert.equal((await asked).status, 200);
    } finally {
      server.resume();
      stranger.close();
    }
  });

  test('a role can be taken from the viewer and given back, and its tokens made invalid', async () => {
    const viewer = await stack.viewer('control-viewer');
    const path = collection('kustomize.toolkit.fluxcd.io/v1', 'Kustomization');
    const statusWith = async (token: string) => {
      const { server, ca } = stack.reach;
      const eyes = openAdmin({ server, ca, token });
      try {
        return (await eyes.ask({ method: 'GET', path })).status;
      } finally {
        eyes.close();
      }
    };
    const token = await viewer.token();
    const turns = (status: number) =>
      until(`${status}`, async () => (await statusWith(token)) === status, 20);

    await turns(200);
    await viewer.unbind();
    await turns(403);
    await viewer.bind();
    await turns(200);
    await viewer.revokeTokens();
    await turns(401);
    assert.equal(await statusWith(await viewer.token()), 200);
  });

  test('a viewer of one namespace sees that one and no other', async () => {
    await stack.admin.apply(NOTE);
    const viewer = await stack.viewer('control-one', 'control');
    const { server, ca } = stack.reach;
    const eyes = openAdmin({ server, ca, token: await viewer.token() });
    try {
      const status = async (namespace?: string) => {
        const path = collection('apps/v1', 'Deployment', namespace);
        return (await eyes.ask({ method: 'GET', path })).status;
      };
      await until('the binding', async () => (await status('control')) === 200);
      assert.equal(await status('default'), 403);
      assert.equal(await status(), 403);
    } finally {
      eyes.close();
    }
  });

  test('while the Git host is away, Flux says that it cannot fetch', async () => {
    const { admin, git, raw } = stack;
    const source = {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: { name: 'away', namespace: 'control' },
      spec: { interval: '1h', timeout: '10s', url: git.url('away') },
    };
    await admin.apply(NOTE);
    await git.close();
    try {
      await admin.apply(source);
      await raw.sees(
        'FetchFailed',
        ({ object }) =>
          object?.metadata.name === 'away' &&
          object.status?.conditions?.some(
            ({ type, message }) => type === 'FetchFailed' && /refused/.test(message ?? ''),
          ) === true,
      );
    } finally {
      await git.open();
    }
  });
});
