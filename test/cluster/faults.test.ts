import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Flow } from '../../src/shared/flow.ts';
import { agree, type Gap } from './agreement.ts';
import { type Audience, type Heard, present } from './audience.ts';
import { untilReady } from './controlPlane.ts';
import { type Line, openLine } from './line.ts';
import { addressOf, FLUX_NAMESPACE, type Manifest } from './manifest.ts';
import { type Middleman, openMiddleman } from './middleman.ts';
import { until } from './patience.ts';
import { theCluster } from './shared.ts';
import type { Stack } from './stack.ts';
import { APP_FILE, appFile, beginStory, type Story } from './story.ts';
import type { Viewer } from './viewer.ts';

/** Seconds in which a fault shows, and in which all is right again after its end. */
const SOON = 5;
const KEYS = [
  'GitRepository/flux-system/faults',
  'Kustomization/flux-system/faults',
  'Receiver/flux-system/faults',
  'Deployment/faults/faults',
  'GitRepository/flux-system/passing',
];
/** Comes and goes. */
const PASSING: Manifest = {
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'GitRepository',
  metadata: { name: 'passing', namespace: FLUX_NAMESPACE },
};

interface Fault {
  cause: () => Promise<void> | void;
  /** What is said of it. */
  words?: RegExp;
  meanwhile?: () => Promise<void>;
  end: () => Promise<void> | void;
}

describe('a talk whose connection to the cluster fails', () => {
  let stack: Stack;
  let viewer: Viewer;
  /** Between the talk and the API server; the raw watch has a connection of its own. */
  let line: Line;
  let middleman: Middleman;
  let audience: Audience;
  let story: Story;
  let pushes = 0;
  /** What no watch can go on over. */
  const gaps: Gap[] = [];

  before(async () => {
    stack = await theCluster();
    viewer = await stack.viewer('faults-viewer');
    line = await openLine(Number(stack.reach.server.port));
    const file = (name: string) => readFile(path.join(stack.folder, name));
    const tls = { cert: await file('server.crt'), key: await file('server.key') };
    middleman = await openMiddleman(stack.reach, tls);
    await viewer.rewrite({ server: local(line.port) });
    const state = path.join(stack.folder, 'faults');
    audience = await present(['--kubeconfig', viewer.kubeconfig, '--fallback', 'auto'], { state });
    await audience.shows('the cluster live', isLive);
    story = await beginStory(stack, 'faults');
    await stack.admin.apply({ ...PASSING, spec: { interval: '1h', url: stack.git.url('faults') } });
    await push();
    await agree({ audience, raw: stack.raw, keys: KEYS });
  });
  after(async () => {
    await audience?.stop();
    await middleman?.close();
    await line?.close();
    await stack?.admin.ask({ method: 'DELETE', path: addressOf(PASSING) });
    await story?.end();
  });

  test('the API server is killed and started again', async (t) => {
    const server = stack.process('kube-apiserver');
    const gap = await suffer(t, {
      cause: () => server.kill(),
      words: /does not answer/,
      async end() {
        server.start();
        await untilReady(stack.admin, server);
      },
    });
    await push();
    await allIsTold(gap);
  });

  test('the API server hangs for 40 s: the talk goes on from a recorded run, and back', async (t) => {
    const server = stack.process('kube-apiserver');
    let over = Promise.resolve();
    await suffer(t, {
      cause() {
        server.pause();
        over = wait(40_000);
      },
      words: /does not answer/,
      async meanwhile() {
        await Promise.all([over, shows('recorded')]);
      },
      async end() {
        server.resume();
        await untilReady(stack.admin, server);
      },
    });
    assert.equal(audience.feed(), 'recorded', 'not at every flicker');
    await Promise.all([push(), shows('live')]);
    await allIsTold();
  });

  test('the connection is half open: nothing comes any more, and nobody says so', async (t) => {
    await suffer(t, {
      cause: () => line.freeze(),
      words: /does not answer/,
      meanwhile: push,
      end: () => line.thaw(),
    });
    await push();
    await allIsTold();
  });

  test('the token is no good any more, and there is a new one in its file', async (t) => {
    await suffer(t, {
      async cause() {
        await viewer.revokeTokens();
        // Whoever was let in stays in; only who comes anew is asked.
        await until('the token to be refused', async () => (await viewer.answer()) === 401);
        line.drop();
      },
      words: /does not accept our credentials/,
      meanwhile: push,
      end: () => viewer.renewToken(),
    });
    await push();
    await allIsTold();
  });

  test('the role is taken away and given back', async (t) => {
    await suffer(t, {
      async cause() {
        await viewer.unbind();
        await until('nothing to be allowed', async () => (await viewer.answer()) === 403);
        line.drop();
      },
      words: /Not allowed to see anything of Flux/,
      meanwhile: push,
      async end() {
        await viewer.bind();
        await until('it to be allowed', async () => (await viewer.answer()) === 200);
      },
    });
    await push();
    await allIsTold();
  });

  test('the kubeconfig names another port, and nobody listens on the old one', async (t) => {
    const gap = await suffer(t, {
      cause: () => line.cut(),
      words: /does not answer/,
      meanwhile: push,
      end: () => viewer.rewrite({ server: local(middleman.port) }),
    });
    await push();
    await allIsTold(gap);
  });

  for (const status of [429, 500]) {
    test(`the API server has nothing to say but ${status}`, async (t) => {
      const gap = await suffer(t, {
        cause: () => middleman.refuse(status),
        meanwhile: push,
        end: () => middleman.relent(),
      });
      await push();
      // A server that is busy forgets nothing; of one that is broken nothing is taken for granted.
      await (status === 429 ? allIsTold() : allIsTold(gap));
    });
  }

  test('what is there changes while nobody watches, and the API server has forgotten how', async (t) => {
    const before = middleman.passed.filter((status) => status === 410).length;
    const gap = await suffer(t, {
      cause: () => middleman.cut(),
      words: /does not answer/,
      async meanwhile() {
        await push();
        await stack.admin.delete(addressOf(PASSING));
        await push();
        const server = stack.process('kube-apiserver');
        await server.kill();
        server.start();
        await untilReady(stack.admin, server);
        await stack.raw.sees(
          'it gone',
          ({ kind, type, object }) =>
            kind === 'GitRepository' && type === 'DELETED' && object?.metadata.name === 'passing',
        );
      },
      end: () => middleman.mend(),
    });
    const tooOld = middleman.passed.filter((status) => status === 410).length - before;
    assert.ok(tooOld > 0, 'the API server has forgotten');
    await push();
    await allIsTold(gap);
    assert.equal(audience.resource('GitRepository/flux-system/passing'), undefined);
  });

  test('one event less, or one twice, would have been noticed', async () => {
    const isHop = ({ event }: Heard) =>
      event.type === 'pulse' && event.revision !== undefined && KEYS.includes(event.key ?? '');
    const isWatched = ({ at }: Heard) =>
      gaps.every(({ from, to }) => at < from - 1000 || at > to + 1000);
    const { heard } = audience;
    const hops = heard.filter((one) => isHop(one) && isWatched(one));
    assert.ok(hops.length > 10, `${hops.length} hops`);
    for (const hop of hops) {
      const at = heard.indexOf(hop);
      for (const others of [heard.toSpliced(at, 1), heard.toSpliced(at, 0, hop)]) {
        const deaf = { ...audience, heard: others };
        await assert.rejects(agree({ audience: deaf, raw: stack.raw, keys: KEYS, gaps, limit: 0 }));
      }
    }
  });

  /** Stale is shown in time, and all is right again in time. */
  async function suffer(t: TestContext, fault: Fault): Promise<Gap> {
    const from = Date.now();
    await fault.cause();
    const caused = Date.now();
    const stale = await audience.shows('that it is stale', isStale, SOON);
    const { words } = fault;
    if (words) await audience.shows('why', ({ health }) => words.test(health.text), SOON);
    await fault.meanwhile?.();
    assert.equal(audience.health().state, 'stale', 'it is stale until the end');
    await fault.end();
    const ended = Date.now();
    const to = await audience.shows('the cluster live', isLive, SOON);
    t.diagnostic(
      `stale after ${inSeconds(stale - caused)}, live ${inSeconds(to - ended)} after the end`,
    );
    return { from, to };
  }

  /** What is on stage changes by itself when the cluster is lost for ten seconds, or back for ten. */
  async function shows(feed: 'recorded' | 'live'): Promise<void> {
    await audience.shows(`what is ${feed}`, () => audience.feed() === feed, 10 + SOON);
  }

  /** A push, with its webhook, that Flux has applied. */
  async function push(): Promise<void> {
    pushes += 1;
    const pushed = await story.push(`Say ${pushes}`, {
      [APP_FILE]: appFile('faults', `${pushes}`, 1 + (pushes % 3)),
    });
    await until('the Receiver', async () => (await story.announce(pushed)).status === 200, 20);
    await story.applied(pushed);
  }

  async function allIsTold(gap?: Gap): Promise<void> {
    if (gap) gaps.push(gap);
    await agree({ audience, raw: stack.raw, keys: KEYS, gaps });
  }
});

function isLive({ health }: Flow): boolean {
  return health.state === 'live';
}

function isStale({ health }: Flow): boolean {
  return health.state === 'stale';
}

function local(port: number): URL {
  return new URL(`https://127.0.0.1:${port}`);
}

function inSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
