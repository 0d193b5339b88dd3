import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { before, describe, test } from 'node:test';
import { applyObject } from '../../server/demo/apiObject.ts';
import { fluxManifests } from '../../server/demo/manifests.ts';
import { ALONE } from '../../server/demo/reach.ts';
import { initRepository } from '../../server/demo/repository.ts';
import { openDemo } from '../../server/demo/running.ts';
import { settled } from '../../server/demo/settled.ts';
import { beginDemo, type Demo, places, writeDemo } from '../../server/demo/state.ts';
import type { SceneName } from '../../src/shared/scene.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { freePorts } from './port.ts';
import { skipWithoutProcesses, theCluster } from './shared.ts';
import type { Stack } from './stack.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

interface Ended {
  code: number | null;
  json: { scene?: string; seconds?: number; failed?: string };
  /** What was told meanwhile. */
  told: string;
}

let stack: Stack;
let state: string;

/** What `demo up` leaves, on the cluster that is there already. */
async function bringUp(): Promise<Demo> {
  const [port = 0] = await freePorts(1);
  const folder = path.join(state, 'fluxdeck', 'demo');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = { cluster: 'tests', nodeImage: 'none', appImage: 'podinfo:1' };
  const demo = { ...beginDemo(folder, names), port, made: true };
  await writeDemo(demo);
  const { server, ca, token } = stack.reach;
  assert.ok(token, 'the cluster’s own programs have a token');
  const authority = path.join(state, 'ca.crt');
  await writeFile(authority, ca);
  await writeKubeconfig(places(folder).kubeconfig, { server, authority, user: { token } });
  const revision = await initRepository(demo, path.join(ROOT, 'assets/demo/app'));
  const { ask } = stack.admin;
  const running = await openDemo(demo, ask, { onHappened: () => undefined, reach: ALONE });
  try {
    for (const manifest of fluxManifests(demo, ALONE)) await applyObject(ask, manifest);
    await settled(ask, revision, 60_000);
  } finally {
    await running.close();
  }
  return demo;
}

/** `fluxdeck scene NAME`, as typed. */
async function scene(name: SceneName): Promise<Ended> {
  const child = spawn(process.execPath, ['server/cli.ts', 'scene', name, '--json'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Flux is no container here: Docker's networks, if there are any, lead nowhere.
    env: { ...process.env, XDG_STATE_HOME: state, DOCKER_HOST: 'unix:///nowhere' },
  });
  const [out, told] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: child.exitCode, json: JSON.parse(out || '{}'), told };
}

describe('scenes, each by itself in a terminal', { skip: skipWithoutProcesses }, () => {
  before(async () => {
    stack = await theCluster();
    state = path.join(stack.folder, 'scenes');
    await bringUp();
  });

  const story: [name: SceneName, words: RegExp[]][] = [
    ['push', [/Pushed/, /Webhook delivered/, /GitRepository podinfo: fetched/, /applied main@/]],
    ['drift', [/drifted, Flux looks in/, /put back by Flux/]],
    ['scale', [/drifted, Flux looks in/, /put back by Flux/]],
    ['break', [/“Scale to two”/, /cannot be applied/]],
    ['fix', [/“Fix the replica count”/, /applied main@/]],
    ['suspend', [/Kustomization podinfo: suspended/]],
    ['resume', [/Kustomization podinfo: resumed/]],
    ['poll', [/Pushed/, /asked Git for changes/, /applied main@/]],
  ];
  for (const [name, words] of story) {
    test(`${name} ends by itself, with all that follows from it`, {
      timeout: 150_000,
    }, async () => {
      const { code, json, told } = await scene(name);
      assert.equal(json.failed, undefined, told);
      assert.equal(json.scene, name);
      assert.equal(code, 0);
      for (const word of words) assert.match(told, word);
      if (name === 'poll') assert.doesNotMatch(told, /Webhook/);
    });
  }

  test('what can’t be done now is refused, and nothing is done', { timeout: 60_000 }, async () => {
    const { code, json } = await scene('resume');
    assert.equal(code, 1);
    assert.match(json.failed ?? '', /not suspended\. Run the scene suspend first/);
  });
});
