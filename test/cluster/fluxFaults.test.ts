import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { PATHS } from '../../server/demo/manifests.ts';
import { places } from '../../server/demo/state.ts';
import type { FlowEvent } from '../../src/shared/flow.ts';
import { agree } from './agreement.ts';
import { type Audience, present } from './audience.ts';
import { type TestDemo, takeDemo } from './demo.ts';
import { git } from './git.ts';
import { until } from './patience.ts';
import type { Sent } from './rawFollow.ts';
import { skipWithoutDemo, theCluster } from './shared.ts';
import type { Stack } from './stack.ts';
import { APP_FILE, appFile, beginStory, type Story } from './story.ts';

const SOURCE = 'GitRepository/flux-system/hurt';
const KEYS = [SOURCE, 'Kustomization/flux-system/hurt', 'Deployment/hurt/hurt'];
/** Seconds. */
const SOON = 5;

let stack: Stack;

before(async () => {
  stack = await theCluster();
});

describe('a talk while something of Flux is broken', () => {
  let audience: Audience;
  let story: Story;

  before(async () => {
    const viewer = await stack.viewer('hurt-viewer');
    const state = path.join(stack.folder, 'hurt');
    audience = await present(['--kubeconfig', viewer.kubeconfig], { state });
    await audience.shows('the cluster live', ({ health }) => health.state === 'live');
    story = await beginStory(stack, 'hurt');
    await allIsTold();
  });
  after(async () => {
    await audience?.stop();
    await story?.end();
  });

  test('source-controller is killed in the midst of its work, and started again', async (t) => {
    const { git: host } = stack;
    const controller = stack.process('source-controller');
    const pushed = await story.push('Say alive', { [APP_FILE]: appFile('hurt', 'alive', 3) });
    const began = Date.now();
    const working = stack.raw.sees('it to be at work', ({ at, kind, object }) => {
      return at > began && kind === 'GitRepository' && isNamed(object) && isAtWork(object);
    });
    // So that it waits for an answer when it is killed.
    await host.close();
    await host.hang();
    try {
      const [, { status }] = await Promise.all([
        working.then(() => controller.kill()),
        story.announce(pushed),
      ]);
      assert.equal(status, 200);
    } finally {
      await host.close();
      await host.open();
    }
    assert.notEqual(
      stack.raw.now('GitRepository', 'flux-system', 'hurt')?.status?.artifact?.revision,
      pushed.revision,
      'it was killed before it was done',
    );
    await audience.shows('it at work', isStatus('progressing'), SOON);
    controller.start();
    const { at } = await story.applied(pushed);
    const shown = await audience.shows('the app applied', ({ resources }) => {
      return resources.get('Kustomization/flux-system/hurt')?.revision === pushed.revision;
    });
    t.diagnostic(`shown ${shown - at} ms after the raw watch saw it`);
    await allIsTold();
  });

  test('the Git host is away, and comes back', async (t) => {
    const { git: host } = stack;
    await host.close();
    try {
      await story.reconcile(story.source);
      await audience.shows('that it has failed', isStatus('failed'), 20);
      assert.match(audience.resource(SOURCE)?.message ?? '', /unable to list remote/);
    } finally {
      await host.open();
    }
    await story.reconcile(story.source);
    const { at } = await stack.raw.sees('it ready', ({ at: seen, kind, object }) => {
      const isNow = object === stack.raw.now('GitRepository', 'flux-system', 'hurt');
      return seen > 0 && kind === 'GitRepository' && isNow && isReady(object);
    });
    const shown = await audience.shows('it ready', isStatus('ready'), SOON);
    t.diagnostic(`shown ${shown - at} ms after the raw watch saw it`);
    await allIsTold();
  });

  /** The connection was there all the time, and said to be. */
  async function allIsTold(): Promise<void> {
    await agree({ audience, raw: stack.raw, keys: KEYS });
    const states = audience.heard.flatMap(({ event }) =>
      event.type === 'health' ? event.state : [],
    );
    assert.deepEqual(states.slice(states.indexOf('live')), ['live']);
  }

  function isStatus(status: string): Parameters<Audience['shows']>[1] {
    return ({ resources }) => resources.get(SOURCE)?.status === status;
  }
});

describe('a talk on the demo’s cluster', { skip: skipWithoutDemo }, () => {
  let audience: Audience;
  let taken: TestDemo;

  before(async () => {
    taken = await takeDemo(stack, 'signed');
    audience = await present([], taken);
    await audience.shows('the cluster live', ({ health }) => health.state === 'live');
    await taken.follow();
    await audience.shows(
      'the app',
      ({ resources }) => resources.get('Kustomization/flux-system/podinfo')?.status === 'ready',
      60,
    );
  });
  after(async () => {
    await audience?.stop();
    await taken?.leave();
  });

  test('a webhook with a wrong signature moves nothing, and is told as refused', async () => {
    const sign = (token: string) => stack.admin.patch(PATHS.secret, { stringData: { token } });
    await sign('another');
    const first = audience.heard.length;
    const since = () => audience.heard.slice(first).map(({ event }) => event);
    await push('nobody');
    await until('it to be told', () => since().some(isRefused), SOON);
    const moved = since().flatMap((event) => (event.type === 'pulse' ? event.why : []));
    assert.deepEqual(moved, ['push']);
    assert.match(audience.said(), /webhook.*refused the signature/i);

    await sign(taken.demo.hookSecret);
    await push('everybody');
    await until('it to be on its way', () => since().some(isWebhook), SOON);
  });

  async function push(name: string): Promise<void> {
    const { copy } = places(taken.demo.folder);
    await writeFile(path.join(copy, 'app/page.html'), `<h1>Hello, ${name}!</h1>\n`);
    await git(copy, 'commit', '--quiet', '--all', '--message', `Greet ${name}`);
    await git(copy, 'push', '--quiet');
  }
});

function isRefused(event: FlowEvent): boolean {
  return event.type === 'notice' && /refused/.test(event.text);
}

function isWebhook(event: FlowEvent): boolean {
  return event.type === 'pulse' && event.why === 'webhook';
}

function isNamed(object: Sent | undefined): boolean {
  return object?.metadata.name === 'hurt';
}

function isAtWork(object: Sent | undefined): boolean {
  return has(object, 'Reconciling');
}

function isReady(object: Sent | undefined): boolean {
  return has(object, 'Ready') && !isAtWork(object);
}

function has(object: Sent | undefined, condition: string): boolean {
  const conditions = object?.status?.conditions ?? [];
  return conditions.some(({ type, status }) => type === condition && status === 'True');
}
