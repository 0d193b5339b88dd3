import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { places } from '../../server/demo/state.ts';
import { proxyPath } from '../../server/demo/webhook.ts';
import { openAdmin } from './admin.ts';
import { type Audience, type Heard, present } from './audience.ts';
import { type TestDemo, takeDemo } from './demo.ts';
import { git } from './git.ts';
import { hopsDone } from './hops.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { FLUX_NAMESPACE, type Manifest } from './manifest.ts';
import { until } from './patience.ts';
import { skipWithoutDemo, skipWithoutNode, theCluster } from './shared.ts';
import type { Stack } from './stack.ts';

const NAME = 'blocked-proxy';
const SOURCE = 'GitRepository/flux-system/podinfo';
/** From the Git host to the source. */
const HOPS = 3;
const RBAC = 'rbac.authorization.k8s.io';
const within = { name: NAME, namespace: FLUX_NAMESPACE };

/** All that the demo's Git host and `kubectl port-forward` need, but the API server's proxy. */
const ROLE: Manifest = {
  apiVersion: `${RBAC}/v1`,
  kind: 'Role',
  metadata: within,
  rules: [
    {
      apiGroups: ['source.toolkit.fluxcd.io'],
      resources: ['gitrepositories'],
      verbs: ['get', 'patch'],
    },
    { apiGroups: [''], resources: ['services', 'pods'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: [''], resources: ['pods/portforward'], verbs: ['get', 'create'] },
  ],
};
const BINDING: Manifest = {
  apiVersion: `${RBAC}/v1`,
  kind: 'RoleBinding',
  metadata: within,
  roleRef: { apiGroup: RBAC, kind: 'Role', name: NAME },
  subjects: [{ kind: 'ServiceAccount', name: NAME, namespace: 'default' }],
};

describe('a demo whose API server lets nobody through to the Receiver', {
  skip: skipWithoutDemo || skipWithoutNode,
}, () => {
  let stack: Stack;
  let taken: TestDemo;
  let audience: Audience;
  let token: string;
  /** The demo's own kubeconfig, which is given back. */
  let own: string;

  before(async () => {
    stack = await theCluster();
    const viewer = await stack.viewer(NAME);
    for (const manifest of [ROLE, BINDING]) await stack.admin.apply(manifest);
    taken = await takeDemo(stack, NAME);
    await taken.follow();
    token = await viewer.token();
    const { kubeconfig } = places(taken.demo.folder);
    own = await readFile(kubeconfig, 'utf8');
    const authority = path.join(stack.folder, 'ca.crt');
    await writeKubeconfig(kubeconfig, { server: stack.reach.server, authority, user: { token } });
    audience = await present([], taken);
    await audience.shows('the cluster live', ({ health }) => health.state === 'live');
  });
  after(async () => {
    await audience?.stop();
    if (own !== undefined) await writeFile(places(taken.demo.folder).kubeconfig, own);
    await taken?.leave();
  });

  test('a webhook goes another way, signed, and a push is fetched', async (t) => {
    assert.equal(await statusOfProxy(), 403);
    const before = await webhooks();
    const revision = await push();
    const pushed = Date.now();
    // Of the Receiver: it has believed the signature.
    await until('the source to be asked for', async () => (await webhooks()) > before, 20);
    t.diagnostic(`the Receiver was told ${Date.now() - pushed} ms after the push`);
    await stack.raw.sees(
      'the push in store',
      ({ object }) => object?.status?.artifact?.revision === revision,
      20,
    );
    const isWebhook = ({ event }: Heard) => event.type === 'pulse' && event.why === 'webhook';
    await until('it to be told', () => audience.heard.filter(isWebhook).length === HOPS, 5);
    assert.match(audience.said(), /not delivered: the API server’s service proxy is forbidden/);
    assert.equal(await webhooks(), before + 1);
  });

  async function statusOfProxy(): Promise<number> {
    const { server, ca } = stack.reach;
    const speaker = openAdmin({ server, ca, token });
    try {
      const path = `${proxyPath(FLUX_NAMESPACE)}/hook/`;
      return (await speaker.ask({ method: 'POST', path, body: '{}' })).status;
    } finally {
      speaker.close();
    }
  }

  /** @returns its revision */
  async function push(): Promise<string> {
    const { copy } = places(taken.demo.folder);
    await git(copy, 'commit', '--quiet', '--allow-empty', '--message', 'Go another way');
    await git(copy, 'push', '--quiet');
    return `main@sha1:${await git(copy, 'rev-parse', 'HEAD')}`;
  }

  /** How often a Receiver has asked for the demo's source, by the raw watch. */
  async function webhooks(): Promise<number> {
    const { repository } = places(taken.demo.folder);
    return (await hopsDone(stack.raw.lines, [SOURCE], repository)).webhooks;
  }
});
