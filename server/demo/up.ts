import { mkdir } from 'node:fs/promises';
import type { AskApi } from '../api.ts';
import { applyObject } from './apiObject.ts';
import { begin, type Choice } from './begin.ts';
import { fluxImages, installFlux, isFluxThere } from './flux.ts';
import {
  bringImage,
  type ImageFlag,
  isSaved,
  loadImage,
  missingImages,
  saveImage,
} from './images.ts';
import { readSpecs } from './inspect.ts';
import { createCluster, deleteCluster, hasCluster, wakeCluster } from './kind.ts';
import { checkMachine, freePort } from './machine.ts';
import { fluxManifests } from './manifests.ts';
import { checkPrograms, type Docker } from './program.ts';
import { findReach } from './reach.ts';
import { headOf, initRepository } from './repository.ts';
import type { Run } from './run.ts';
import { isHeld, openDemo } from './running.ts';
import { answers, settled } from './settled.ts';
import { type Demo, places, writeDemo } from './state.ts';
import { tagOf } from './versions.ts';

export interface UpOptions {
  folder: string;
  /** What was asked for by name. */
  given: Partial<Choice>;
  /** The folder of the app's files. */
  app: string;
  run: Run;
  /** The way to the cluster, once its kubeconfig is there. */
  connect: (kubeconfig: string) => AskApi;
  onStep: (step: Step) => void;
}

/** A step begins (`seconds` left out) or has ended. */
export interface Step {
  name: string;
  seconds?: number;
  /** What it found or made. */
  detail?: string;
}

/**
 * Makes the demo, or goes on where an earlier try was interrupted: each step looks first whether
 * it has been done. What must be known for that is written before the step that needs it.
 * @throws a Mistake that says what stands in the way and what helps
 */
export async function up(options: UpOptions): Promise<Demo> {
  const { folder, run, connect } = options;
  const step = stepper(options.onStep);
  const { docker } = await step('programs', async () => {
    const programs = await checkPrograms(run);
    const { kind, flux } = programs;
    return [programs, `Docker ${programs.docker.version}, kind ${kind}, flux ${flux}`];
  });
  let demo = await step('this machine', async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const warnings = await checkMachine(folder, process.platform);
    const begun = await begin(options);
    return [begun, warnings.join('\n')];
  });
  const keep = async (changes: Partial<Demo>) => {
    demo = { ...demo, ...changes };
    await writeDemo(demo);
  };

  const images = [...(await fluxImages(run)), demo.appImage];
  demo = await step('images', () => bringImages(run, demo, images, docker));
  await step('kind cluster', async () => {
    const there = await hasCluster(run, demo);
    if (there && demo.made) {
      await wakeCluster(run, demo);
      return [undefined, 'was there'];
    }
    // Half a cluster, left by an interrupted try.
    if (there) await deleteCluster(run, demo);
    const network = await run('docker', ['network', 'inspect', 'kind']);
    await keep({ made: false, madeNetwork: demo.madeNetwork || network.code !== 0 });
    await createCluster(run, demo);
    await keep({ made: true });
    return [undefined, tagOf(demo.nodeImage)];
  });
  const ask = connect(places(folder).kubeconfig);
  await step('API server', async () => {
    await answers(ask, 90_000);
    return [undefined];
  });
  await step('images into the cluster', async () => {
    const missing = await missingImages(ask, images);
    for (const image of missing) await loadImage(run, demo, image);
    return [undefined, missing.length === 0 ? 'were there' : `${missing.length}`];
  });
  await step('Flux', async () => {
    if (await isFluxThere(ask, images)) return [undefined, 'was there'];
    await installFlux(run, demo);
    return [undefined];
  });
  const revision = await step('Git repository', async () => {
    const held = await isHeld(demo);
    if (!held) await keep({ port: await freePort(demo.port) });
    const head = await initRepository(demo, options.app);
    return [head, places(folder).copy];
  });
  await step('first sync', async () => {
    await sync(run, demo, ask, revision);
    return [undefined, revision.slice(0, 'main@sha1:'.length + 7)];
  });
  if (!demo.pristine) await keep({ pristine: { revision, specs: await readSpecs(ask) } });
  return demo;
}

/** Every image is in Docker and, but for the node's, in an archive of ours. */
async function bringImages(
  run: Run,
  demo: Demo,
  images: readonly string[],
  docker: Docker,
): Promise<[Demo, string]> {
  const pulled = [...demo.pulled];
  const odd: string[] = [];
  for (const image of [demo.nodeImage, ...images]) {
    const isNode = image === demo.nodeImage;
    if (isNode ? demo.made : await isSaved(demo, image)) continue;
    const origin = await bringImage(run, image, flagFor(demo, image));
    if (origin === 'pulled') pulled.push(image);
    if (origin === 'another digest') odd.push(`${tagOf(image)} is another than the pinned one`);
    await writeDemo({ ...demo, pulled });
    if (!isNode) await saveImage(run, demo, image, docker);
  }
  const brought = pulled.length > demo.pulled.length ? `${pulled.length} pulled` : 'all here';
  return [{ ...demo, pulled }, [brought, ...odd].join('; ')];
}

/** The flag that takes another image in its place. */
function flagFor(demo: Demo, image: string): ImageFlag | undefined {
  if (image === demo.nodeImage) return '--node-image';
  return image === demo.appImage ? '--app-image' : undefined;
}

/** Opens the Git host, points Flux to it and waits until the app runs. */
async function sync(run: Run, demo: Demo, ask: AskApi, revision: string): Promise<void> {
  const reach = await findReach(run, process.platform);
  const running = await openDemo(demo, ask, { onHappened: () => undefined, reach });
  try {
    for (const manifest of fluxManifests(demo, reach)) await applyObject(ask, manifest);
    await settled(ask, (await headOf(demo)) ?? revision, 120_000);
  } finally {
    await running.close();
  }
}

type Stepper = <Result>(
  name: string,
  does: () => Promise<readonly [Result, string?]>,
) => Promise<Result>;

function stepper(onStep: (step: Step) => void): Stepper {
  return async (name, does) => {
    onStep({ name });
    const began = performance.now();
    const [result, detail] = await does();
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    onStep({ name, seconds, ...(detail && { detail }) });
    return result;
  };
}
