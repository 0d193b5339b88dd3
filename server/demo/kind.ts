import { kindConfig } from './manifests.ts';
import type { Run } from './run.ts';
import { type Demo, places } from './state.ts';
import { explain } from './trouble.ts';

/** Milliseconds. */
const CREATE = 6 * 60_000;
const DELETE = 2 * 60_000;

/** Neither the user's kubeconfig nor another provider than Docker, whatever stands around. */
export function kindEnvironment({ folder }: Pick<Demo, 'folder'>): NodeJS.ProcessEnv {
  const { kubeconfig } = places(folder);
  return { ...process.env, KUBECONFIG: kubeconfig, KIND_EXPERIMENTAL_PROVIDER: 'docker' };
}

export async function hasCluster(
  run: Run,
  demo: Pick<Demo, 'cluster' | 'folder'>,
): Promise<boolean> {
  const listed = await run('kind', ['get', 'clusters'], {
    env: kindEnvironment(demo),
    timeout: 30_000,
  });
  if (listed.code !== 0) throw explain('kind can’t tell which clusters there are', listed);
  return listed.out.split('\n').includes(demo.cluster);
}

/** @throws a Mistake when kind can't */
export async function createCluster(run: Run, demo: Demo): Promise<void> {
  const created = await run('kind', createArguments(demo), {
    env: kindEnvironment(demo),
    input: kindConfig(demo),
    timeout: CREATE,
  });
  if (created.code !== 0) throw explain('kind could not make the cluster', created);
}

export function createArguments(demo: Pick<Demo, 'cluster' | 'folder'>): string[] {
  const { kubeconfig } = places(demo.folder);
  const named = ['create', 'cluster', '--name', demo.cluster];
  return named.concat('--kubeconfig', kubeconfig, '--config', '-', '--wait', '180s');
}

/** Its node may have been stopped, and its port be another one since. */
export async function wakeCluster(run: Run, demo: Demo): Promise<void> {
  const node = `${demo.cluster}-control-plane`;
  const { out } = await run('docker', ['inspect', '--format', '{{.State.Running}}', node]);
  if (out.trim() === 'false') {
    const started = await run('docker', ['start', node]);
    if (started.code !== 0) throw explain('The cluster’s node does not start', started);
  }
  const { kubeconfig } = places(demo.folder);
  const args = ['export', 'kubeconfig', '--name', demo.cluster, '--kubeconfig', kubeconfig];
  const exported = await run('kind', args, { env: kindEnvironment(demo), timeout: 30_000 });
  if (exported.code !== 0) throw explain('kind can’t tell the way to the cluster', exported);
}

/** @throws a Mistake when kind can't; none to delete is fine */
export async function deleteCluster(
  run: Run,
  demo: Pick<Demo, 'cluster' | 'folder'>,
): Promise<void> {
  const { kubeconfig } = places(demo.folder);
  const args = ['delete', 'cluster', '--name', demo.cluster, '--kubeconfig', kubeconfig];
  const deleted = await run('kind', args, { env: kindEnvironment(demo), timeout: DELETE });
  if (deleted.code !== 0) throw explain('kind could not delete the cluster', deleted);
}
