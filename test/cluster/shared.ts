import { after } from 'node:test';
import { buildPrograms } from './build.ts';
import { demoOf, openKind } from './kind.ts';
import { type Stack, startStack } from './stack.ts';

/** The suite runs on a kind cluster that is there already, in place of its own processes. */
const ON_KIND = process.env.FLUXDECK_CLUSTER === 'kind';

/** For `skip`: why a test of the demo can't run here, or false where it can. */
export const skipWithoutDemo =
  ON_KIND &&
  demoOf(process.env.FLUXDECK_KUBECONFIG) === undefined &&
  '`fluxdeck demo up` did not make this kind cluster: name the kubeconfig in the demo’s own folder';

/** For `skip`: why a test that needs a real node can't run here, or false where it can. */
export const skipWithoutNode = !ON_KIND && 'no kubelet: pods are pretended, no port leads to them';

let shared: Promise<Stack> | undefined;

/** The cluster that all tests of this process share. */
export function theCluster(): Promise<Stack> {
  shared ??= ON_KIND ? openKind() : buildPrograms(console.error).then(startStack);
  return shared;
}

after(async () => {
  // One that did not start has stopped itself, and its tests have said so.
  const stack = await shared?.catch(() => undefined);
  await stack?.stop();
});
