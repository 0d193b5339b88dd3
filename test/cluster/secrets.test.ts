import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { places } from '../../server/demo/state.ts';
import { fluxdeck } from '../helpers/command.ts';
import { type Audience, present } from './audience.ts';
import { type TestDemo, takeDemo } from './demo.ts';
import { git } from './git.ts';
import { type Line, openLine } from './line.ts';
import { addressOf, collection, FLUX_NAMESPACE, type Manifest } from './manifest.ts';
import { until } from './patience.ts';
import { skipWithoutDemo, theCluster } from './shared.ts';
import type { Stack } from './stack.ts';
import type { Viewer } from './viewer.ts';

/** What nobody must learn; by random none of them is anywhere by accident. */
const SECRETS = {
  'user info in the URL of a GitRepository': random(),
  'a token as the user in the URL of a HelmRepository': random(),
  'values of a HelmRelease': random(),
  'substitutes of a Kustomization': random(),
  'a token in an Event': random(),
  'an annotation that holds a manifest': random(),
};
/** What the API server tells nobody whom it need not, or what is only on this machine. */
const UNSEEN: Record<string, string> = {
  'data of a Secret': random(),
  'the name of the context': random(),
};

describe('secrets that are planted in a cluster', { skip: skipWithoutDemo }, () => {
  let stack: Stack;
  let viewer: Viewer;
  let line: Line;
  let taken: TestDemo;
  /** One of the demo, one of a cluster that somebody has named. */
  let talks: Audience[] = [];
  let planted: Manifest[] = [];
  const states: string[] = [];

  before(async () => {
    stack = await theCluster();
    line = await openLine(Number(stack.reach.server.port));
    viewer = await stack.viewer('secrets-viewer');
    const context = UNSEEN['the name of the context'] ?? '';
    await viewer.rewrite({ context, server: new URL(`https://127.0.0.1:${line.port}`) });
    taken = await takeDemo(stack, 'secret-demo');
    const { demo, state: own, env } = taken;
    const other = path.join(stack.folder, 'secret-cluster');
    states.push(own, other);
    UNSEEN['the token of the kubeconfig'] = await readFile(viewer.tokenFile, 'utf8');
    UNSEEN['the token that pushes'] = demo.pushToken;
    UNSEEN['what webhooks are signed with'] = demo.hookSecret;

    planted = await served(stack, manifests(stack));
    await Promise.all(planted.map((manifest) => stack.admin.apply(manifest)));
    const named = ['--kubeconfig', viewer.kubeconfig, '--as', 'Somewhere'];
    talks = await Promise.all([present([], { state: own, env }), present(named, { state: other })]);
    await taken.follow();
    for (const talk of talks) {
      await talk.shows('all that is planted', ({ resources, health }) => {
        const status = (key: string) => resources.get(key)?.status;
        return (
          health.state === 'live' &&
          status('GitRepository/flux-system/planted') === 'failed' &&
          (!hasHelm() || status('HelmRelease/flux-system/planted') !== undefined) &&
          status('Kustomization/flux-system/podinfo') === 'ready'
        );
      });
    }
    // While it is watched: of what was before, no Event is told.
    await stack.admin.apply(eventAbout(planted[0]));
    for (const talk of talks) {
      await talk.shows('the Event', ({ notices }) =>
        [...(notices?.values() ?? [])].flat().some(({ text }) => text.startsWith('Asked with')),
      );
    }
    await push();
    // What is said at the terminal when one is not known any more.
    await viewer.revokeTokens();
    await until('the token to be refused', async () => (await viewer.answer()) === 401);
    line.drop();
    await until('it to be said', () => /does not know who asks/.test(talks[1]?.said() ?? ''), 20);
    await viewer.renewToken();
    await talks[1]?.shows('the cluster live', ({ health }) => health.state === 'live');
  });
  after(async () => {
    await Promise.all(talks.map((talk) => talk.stop()));
    await line?.close();
    await taken?.leave();
    for (const manifest of planted) {
      await stack.admin.ask({ method: 'DELETE', path: addressOf(manifest) });
    }
  });

  test('are what a raw watch is told', () => {
    const told = JSON.stringify(stack.raw.lines);
    for (const [what, secret] of Object.entries(SECRETS)) {
      const isPlanted = hasHelm() || !what.includes('HelmRelease');
      assert.equal(told.includes(secret), isPlanted, what);
    }
    assert.ok(told.includes(webhookPath()));
  });

  test('do not reach the audience', async () => {
    for (const talk of talks) {
      assertClean(talk.wire.join('\n'));
      assertClean(await (await fetch(talk.address)).text());
    }
  });

  test('do not reach the terminal', () => {
    for (const talk of talks) assertClean(talk.said());
  });

  test('are not in a capture, nor in the recording made of it', async () => {
    const capture = path.join(stack.folder, 'secret.capture.jsonl');
    const recording = path.join(stack.folder, 'secret.recording.jsonl');
    const told = [
      await fluxdeck(['capture', '-o', capture, '--kubeconfig', viewer.kubeconfig, '--for', '4s']),
      await fluxdeck(['import', capture, '-o', recording]),
    ];
    for (const { code, out, err } of told) {
      assert.equal(code, 0, err);
      assertClean(out + err);
    }
    for (const file of [capture, recording]) {
      const text = await readFile(file, 'utf8');
      assert.match(text, /GitRepository.*planted/);
      assertClean(text);
    }
    assert.equal((await stat(capture)).mode & 0o077, 0, 'others cannot read it');
  });

  test('are not in the runs that are kept', async () => {
    await Promise.all(talks.map((talk) => talk.stop()));
    for (const state of states) {
      const runs = await readdir(path.join(state, 'fluxdeck/runs'));
      assert.equal(runs.length, 1);
      for (const run of runs) {
        const file = path.join(state, 'fluxdeck/runs', run);
        const text = await readFile(file, 'utf8');
        assert.match(text, /GitRepository\/flux-system\/planted/);
        assertClean(text);
        assert.equal((await stat(file)).mode & 0o077, 0, 'others cannot read it');
      }
    }
  });

  function hasHelm(): boolean {
    return planted.some(({ kind }) => kind === 'HelmRelease');
  }

  /** A push that a webhook announces. */
  async function push(): Promise<void> {
    const { copy } = places(taken.demo.folder);
    await git(copy, 'commit', '--quiet', '--allow-empty', '--message', 'Push it');
    await git(copy, 'push', '--quiet');
    for (const talk of talks) {
      await talk.shows('the webhook', () =>
        talk.heard.some(({ event }) => event.type === 'pulse' && event.why === 'webhook'),
      );
    }
  }

  function webhookPath(): string {
    const receiver = stack.raw.now('Receiver', FLUX_NAMESPACE, 'podinfo');
    const { webhookPath: found } = receiver?.status ?? {};
    assert.ok(typeof found === 'string');
    return found;
  }

  function assertClean(text: string): void {
    const all = { ...SECRETS, ...UNSEEN, 'the path of a webhook': webhookPath() };
    for (const [what, secret] of Object.entries(all)) {
      for (const form of [secret, Buffer.from(secret).toString('base64')]) {
        const at = text.indexOf(form);
        assert.ok(at < 0, `${what}: ${text.slice(Math.max(0, at - 150), at + 50)}`);
      }
    }
  }
});

function random(): string {
  return randomBytes(12).toString('hex');
}

/** Those of kinds that the cluster knows: the demo's does without Helm. */
async function served({ admin }: Stack, all: readonly Manifest[]): Promise<Manifest[]> {
  const known = await Promise.all(
    all.map(async (manifest) => {
      const { apiVersion, kind } = manifest;
      const { status } = await admin.ask({ method: 'GET', path: collection(apiVersion, kind) });
      return status === 404 ? [] : [manifest];
    }),
  );
  return known.flat();
}

function manifests({ git: host }: Stack): Manifest[] {
  const metadata = { name: 'planted', namespace: FLUX_NAMESPACE };
  const source = 'source.toolkit.fluxcd.io/v1';
  const user = SECRETS['user info in the URL of a GitRepository'];
  const token = SECRETS['a token as the user in the URL of a HelmRepository'];
  const annotation = SECRETS['an annotation that holds a manifest'];
  return [
    {
      apiVersion: source,
      kind: 'GitRepository',
      metadata: {
        ...metadata,
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': annotation },
      },
      spec: {
        interval: '1h',
        timeout: '10s',
        url: host.url('nowhere').replace('//', `//me:${user}@`),
      },
    },
    {
      apiVersion: source,
      kind: 'HelmRepository',
      metadata,
      spec: {
        interval: '1h',
        timeout: '10s',
        url: host.url('charts').replace('//', `//${token}@`),
      },
    },
    {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata,
      spec: {
        interval: '1h',
        chart: {
          spec: { chart: 'shop', sourceRef: { kind: 'HelmRepository', name: metadata.name } },
        },
        values: { database: { password: SECRETS['values of a HelmRelease'] } },
      },
    },
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata,
      spec: {
        interval: '1h',
        path: './',
        prune: true,
        sourceRef: { kind: 'GitRepository', name: metadata.name },
        postBuild: { substitute: { password: SECRETS['substitutes of a Kustomization'] } },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata,
      stringData: { token: UNSEEN['data of a Secret'] },
    },
  ];
}

function eventAbout(manifest: Manifest | undefined): Manifest {
  assert.ok(manifest);
  const { apiVersion, kind, metadata } = manifest;
  const now = new Date().toISOString().replace(/\.\d+/, '');
  return {
    apiVersion: 'v1',
    kind: 'Event',
    // One of its own: a cluster that has been here before keeps its Events for an hour.
    metadata: { name: `planted-${random()}`, namespace: FLUX_NAMESPACE },
    involvedObject: { apiVersion, kind, name: metadata.name, namespace: metadata.namespace },
    type: 'Warning',
    reason: 'GitOperationFailed',
    message: `Asked with Authorization: Bearer ${SECRETS['a token in an Event']}, in vain`,
    source: { component: 'source-controller' },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
  };
}
