import { rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { Mistake } from '../mistake.ts';
import { deleteCluster, hasCluster } from './kind.ts';
import type { Run } from './run.ts';
import { isHeld } from './running.ts';
import { places, readDemo } from './state.ts';
import { pinned, tagOf } from './versions.ts';

export interface DownOptions {
  folder: string;
  run: Run;
  /** Leaves in Docker what `demo up` pulled, so that the next one needs no network. */
  keepImages: boolean;
}

/**
 * Takes away all that `demo up` made, whatever of it is still there: cluster, network, images,
 * repository, working copy, kubeconfig.
 * @returns what was taken away, one sentence each
 * @throws a Mistake when something would stay
 */
export async function down({ folder, run, keepImages }: DownOptions): Promise<string[]> {
  const demo = await readDemo(folder);
  const done: string[] = [];
  if (demo) {
    if (await isHeld(demo)) {
      throw new Mistake('`fluxdeck start` is presenting this demo. End it first (Ctrl+C).');
    }
    if (await hasCluster(run, demo)) {
      await deleteCluster(run, demo);
      done.push(`the kind cluster ${demo.cluster}`);
    }
    if (demo.madeNetwork && (await removeNetwork(run))) done.push('Docker’s network kind');
    for (const image of keepImages ? [] : demo.pulled) {
      for (const name of new Set([pinned(image), tagOf(image)])) {
        const removed = await run('docker', ['image', 'rm', name]);
        if (removed.code === 0) done.push(`the image ${name}`);
      }
    }
  }
  const { copy } = places(folder);
  await rm(folder, { recursive: true, force: true });
  // Talks may be remembered beside it.
  await rmdir(path.dirname(folder)).catch(() => undefined);
  if (demo) done.push(`the repository and its working copy (${copy})`);
  return done;
}

/** Only when nothing else is in it: all kind clusters share it. */
async function removeNetwork(run: Run): Promise<boolean> {
  const format = ['--format', '{{len .Containers}}'];
  const { code, out } = await run('docker', ['network', 'inspect', ...format, 'kind']);
  if (code !== 0 || out.trim() !== '0') return false;
  return (await run('docker', ['network', 'rm', 'kind'])).code === 0;
}
