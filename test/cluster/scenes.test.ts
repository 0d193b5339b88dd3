import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { openDemo } from '../../server/demo/running.ts';
import { settled } from '../../server/demo/settled.ts';
import type { SceneName } from '../../src/shared/scene.ts';
import { type TestDemo, takeDemo } from './demo.ts';
import { skipWithoutDemo, theCluster } from './shared.ts';
import type { Stack } from './stack.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

interface Ended {
  code: number | null;
  json: { scene?: string; seconds?: number; failed?: string };
  /** What was told meanwhile. */
  told: string;
}

let stack: Stack;
let taken: TestDemo;

/** What `demo up` leaves. */
async function bringUp(): Promise<void> {
  taken = await takeDemo(stack, 'scenes');
  const { demo, revision, reach } = taken;
  const { ask } = stack.admin;
  const running = await openDemo(demo, ask, { onHappened: () => undefined, reach });
  try {
    await taken.follow();
    await settled(ask, revision, 60_000);
  } finally {
    await running.close();
  }
}

/** `fluxdeck scene NAME`, as typed. */
async function scene(name: SceneName): Promise<Ended> {
  const child = spawn(process.execPath, ['server/cli.ts', 'scene', name, '--json'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, XDG_STATE_HOME: taken.state, ...taken.env },
  });
  const [out, told] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: child.exitCode, json: JSON.parse(out || '{}'), told };
}

describe('scenes, each by itself in a terminal', { skip: skipWithoutDemo }, () => {
  before(async () => {
    stack = await theCluster();
    await bringUp();
  });
  after(() => taken?.leave());

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
