import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { applyObject } from '../../server/demo/apiObject.ts';
import { fluxManifests, PATHS } from '../../server/demo/manifests.ts';
import { ALONE } from '../../server/demo/reach.ts';
import { initRepository } from '../../server/demo/repository.ts';
import { beginDemo, type Demo, places, writeDemo } from '../../server/demo/state.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { until } from './patience.ts';
import { freePorts } from './port.ts';
import type { Stack } from './stack.ts';

const APP = path.resolve(import.meta.dirname, '../../assets/demo/app');

/**
 * For a process that opens the demo's Git host. Flux is no container here: Docker's networks, if
 * there are any, lead nowhere.
 */
export const NO_DOCKER = { DOCKER_HOST: 'unix:///nowhere' };

/**
 * What `demo up` writes on this machine, for a cluster that is there already: all but the images.
 * @param state where the program remembers it
 * @returns the demo, and the revision that its repository begins with
 */
export async function foundDemo(
  { reach: { server, ca, token } }: Stack,
  state: string,
): Promise<[demo: Demo, revision: string]> {
  if (token === undefined) throw new Error('The cluster’s own programs have no token');
  const [port = 0] = await freePorts(1);
  const folder = path.join(state, 'fluxdeck', 'demo');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = { cluster: 'tests', nodeImage: 'none', appImage: 'podinfo:1' };
  const demo = { ...beginDemo(folder, names), port, made: true };
  await writeDemo(demo);
  const authority = path.join(state, 'ca.crt');
  await writeFile(authority, ca);
  await writeKubeconfig(places(folder).kubeconfig, { server, authority, user: { token } });
  return [demo, await initRepository(demo, APP)];
}

/** Has Flux follow the demo's repository, as `demo up` does. */
export async function followDemo({ admin }: Stack, demo: Demo): Promise<void> {
  for (const manifest of fluxManifests(demo, ALONE)) await applyObject(admin.ask, manifest);
}

/** Takes the demo's objects away again, and waits until Flux has taken the app away with them. */
export async function forgetDemo({ admin }: Pick<Stack, 'admin'>): Promise<void> {
  for (const place of [PATHS.kustomization, PATHS.receiver, PATHS.gitRepository, PATHS.secret]) {
    await admin.ask({ method: 'DELETE', path: place });
  }
  for (const place of [PATHS.kustomization, PATHS.namespace]) {
    await until(`${place} to be gone`, async () => {
      const { status } = await admin.ask({ method: 'GET', path: place });
      return status === 404;
    });
  }
}
