import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fluxdeck } from '../helpers/command.ts';
import { theCluster } from './shared.ts';
import type { Stack } from './stack.ts';

let stack: Stack;

before(async () => {
  stack = await theCluster();
});

/** What the doctor finds with a kubeconfig, by name: state and words. */
async function doctor(kubeconfig: string): Promise<Map<string, string>> {
  const { out } = await fluxdeck([
    'doctor',
    'slides/flux-basics.md',
    '--kubeconfig',
    kubeconfig,
    '--json',
  ]);
  const found: { checks: { name: string; state: string; words: string }[] } = JSON.parse(out);
  return new Map(found.checks.map(({ name, state, words }) => [name, `${state}: ${words}`]));
}

test('with the role that we ship a cluster is found ready to be shown', async () => {
  const viewer = await stack.viewer('doctor');
  const found = await doctor(viewer.kubeconfig);
  assert.match(found.get('cluster') ?? '', /^(ok|warning): Kubernetes v1\.\d+\.\d+\S* answers in/);
  assert.match(found.get('permissions') ?? '', /^ok: all \d+ kinds may be watched/);
  assert.match(found.get('clock') ?? '', /^ok: this machine and the cluster agree/);
  assert.match(found.get('flux') ?? '', /^(ok: Flux |warning: the cluster knows its kinds)/);
});

test('without the role it is told that nothing may be watched', async () => {
  const viewer = await stack.viewer('doctor-unbound');
  await viewer.unbind();
  const found = await doctor(viewer.kubeconfig);
  assert.match(found.get('permissions') ?? '', /^failure: nothing in the cluster may be watched/);
});

test('a token that is not good any more is told as such', async () => {
  const viewer = await stack.viewer('doctor-revoked');
  await viewer.revokeTokens();
  const found = await doctor(viewer.kubeconfig);
  assert.match(found.get('cluster') ?? '', /^failure: the API server does not accept/);
  assert.match(found.get('permissions') ?? '', /^skipped: /);
});
