import { after } from 'node:test';
import { buildPrograms } from './build.ts';
import { openKind } from './kind.ts';
import { type Stack, startStack } from './stack.ts';

/** The suite runs on a kind cluster that is there already, in place of its own processes. */
const ON_KIND = process.env.FLUXDECK_CLUSTER === 'kind';

/** For `skip`: why a test that kills or stops processes can't run here, or false where it can. */
export const skipWithoutProcesses = ON_KIND && 'a kind cluster has no processes to kill';

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
