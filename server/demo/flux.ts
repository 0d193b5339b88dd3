import type { AskApi } from '../api.ts';
import { at, readObject } from './apiObject.ts';
import { kindEnvironment } from './kind.ts';
import { controllerPath } from './manifests.ts';
import type { Run } from './run.ts';
import { type Demo, places } from './state.ts';
import { explain } from './trouble.ts';
import { COMPONENTS, imagesOf } from './versions.ts';

const PARTS = `--components=${COMPONENTS.join(',')}`;

/** The images that this flux program installs. @throws a Mistake when it doesn't tell */
export async function fluxImages(run: Run): Promise<string[]> {
  const exported = await run('flux', ['install', '--export', PARTS]);
  const images = imagesOf(exported.out);
  if (exported.code !== 0 || images.length < COMPONENTS.length) {
    throw explain('flux does not tell what it installs', exported);
  }
  return images;
}

/** Whether all parts run already, with these images. */
export async function isFluxThere(ask: AskApi, images: readonly string[]): Promise<boolean> {
  const there = await Promise.all(
    COMPONENTS.map(async (component) => {
      const deployment = await readObject(ask, controllerPath(component));
      const containers = at(deployment, 'spec', 'template', 'spec', 'containers');
      const image = Array.isArray(containers) ? at(containers[0], 'image') : undefined;
      const isReady = Number(at(deployment, 'status', 'readyReplicas') ?? 0) > 0;
      return isReady && typeof image === 'string' && images.includes(image);
    }),
  );
  return there.every(Boolean);
}

export function installArguments({ folder }: Pick<Demo, 'folder'>): string[] {
  return ['install', PARTS, '--kubeconfig', places(folder).kubeconfig, '--timeout', '4m'];
}

/** @throws a Mistake when flux can't */
export async function installFlux(run: Run, demo: Demo): Promise<void> {
  const installed = await run('flux', installArguments(demo), {
    env: kindEnvironment(demo),
    timeout: 5 * 60_000,
  });
  if (installed.code !== 0) throw explain('flux could not be installed', installed);
}
