import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ApiRequest } from '../../server/api.ts';
import { openAdmin } from './admin.ts';
import { addressOf, collection } from './manifest.ts';
import { theCluster } from './shared.ts';
import type { Stack } from './stack.ts';
import { APP_FILE, appFile, beginStory, type Story } from './story.ts';

describe('a real cluster with real Flux', () => {
  let stack: Stack;
  let story: Story;

  before(async () => {
    stack = await theCluster();
    story = await beginStory(stack, 'stack');
  });
  after(() => story?.end());

  test('a push and its webhook become an artifact, an applied Kustomization and new pods', async () => {
    const pushed = await story.push('Say hello', { [APP_FILE]: appFile('stack', 'hello', 3) });
    const { status } = await story.announce(pushed);
    assert.equal(status, 200);
    await story.applied(pushed);

    const [artifact] = stack.raw
      .states('GitRepository', 'flux-system', 'stack')
      .filter((object) => object.status?.artifact?.revision === pushed.revision);
    assert.ok(artifact);
    const deployment = stack.raw.now('Deployment', 'stack', 'stack');
    assert.equal(deployment?.status?.readyReplicas, 3);
    assert.match(JSON.stringify(deployment.spec), /"hello"/);
    assert.ok(
      stack.git.happened.some(
        ({ repository, happening }) =>
          repository === 'stack.git' &&
          happening.what === 'receive-pack' &&
          happening.revision === pushed.revision,
      ),
      'the Git host told of the push',
    );
  });

  test('a webhook with a wrong signature is refused', async () => {
    const pushed = await story.push('Say nothing', { 'README.md': 'Nothing.\n' });
    assert.equal((await story.announce(pushed, 'wrong')).status, 400);
  });

  test('a Deployment that somebody deletes is put back by the next interval', async () => {
    const before = stack.raw.now('Deployment', 'stack', 'stack');
    await stack.admin.delete(addressOf(story.deployment));
    const deleted = Date.now();
    const back = await stack.raw.sees(
      'the Deployment again',
      ({ at, kind, type, object }) =>
        at >= deleted &&
        kind === 'Deployment' &&
        type === 'ADDED' &&
        object?.metadata.name === 'stack',
      40,
    );
    assert.notEqual(back.object?.metadata.uid, before?.metadata.uid);
  });

  test('the viewer may look at what Flux has and applied, and do nothing else', async () => {
    const { token } = await stack.viewer('stack-viewer');
    const viewer = openAdmin({
      server: stack.reach.server,
      ca: stack.reach.ca,
      token: await token(),
    });
    const status = async (request: ApiRequest) => (await viewer.ask(request)).status;
    const applier = addressOf(story.applier);
    const apps = collection('apps/v1', 'Deployment');
    try {
      assert.equal(await status({ method: 'GET', path: applier }), 200);
      assert.equal(await status({ method: 'GET', path: apps }), 200);
      assert.equal(await status({ method: 'GET', path: '/api/v1/secrets' }), 403);
      assert.equal(await status({ method: 'GET', path: '/api/v1/configmaps' }), 403);
      assert.equal(await status({ method: 'GET', path: '/api/v1/pods' }), 403);
      assert.equal(await status({ method: 'DELETE', path: addressOf(story.deployment) }), 403);
      const type = 'application/merge-patch+json';
      const body = '{"spec":{"suspend":true}}';
      assert.equal(await status({ method: 'PATCH', path: applier, type, body }), 403);
    } finally {
      viewer.close();
    }
  });
});
