import { access, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { AskApi } from '../api.ts';
import { Mistake } from '../mistake.ts';
import { at, listObjects } from './apiObject.ts';
import type { Docker } from './program.ts';
import type { Run } from './run.ts';
import { type Demo, places } from './state.ts';
import { explain } from './trouble.ts';
import { pinned, tagOf } from './versions.ts';

/** Milliseconds. */
const PULL = { timeout: 15 * 60_000 };
const SAVE = { timeout: 5 * 60_000 };

/** How an image came to be here. */
export type Origin = 'pinned' | 'pulled' | 'another digest' | 'no digest';

/** Where others are that could stand in for an image, by the flag that takes them. */
const OTHERS = {
  '--node-image': 'kindest/node',
  '--app-image': 'ghcr.io/stefanprodan/podinfo',
} as const;

/** A flag of `demo up` that takes another image. */
export type ImageFlag = keyof typeof OTHERS;

/**
 * Makes sure that Docker has the image, as it is pinned where it is: what is here is taken, what
 * isn't is pulled by its digest.
 * @throws a Mistake when it is not to be had; it names the others that Docker has
 */
export async function bringImage(run: Run, image: string, flag?: ImageFlag): Promise<Origin> {
  const reference = pinned(image);
  const known = await digestsOf(run, tagOf(image));
  const [, digest] = reference.split('@');
  if (known && digest === undefined) return 'no digest';
  if (known?.some((each) => each.endsWith(`@${digest}`))) return 'pinned';
  if (digest !== undefined && (await digestsOf(run, reference))) {
    await run('docker', ['tag', reference, tagOf(image)]);
    return 'pinned';
  }
  const pulled = await run('docker', ['pull', '--quiet', reference], PULL);
  if (pulled.code === 0) {
    if (digest !== undefined) await run('docker', ['tag', reference, tagOf(image)]);
    return 'pulled';
  }
  // Made here, or pulled before its tag moved: better than none.
  if (known) return known.length === 0 ? 'no digest' : 'another digest';
  const trouble = explain(`There is no image ${tagOf(image)}`, pulled);
  if (flag === undefined) throw trouble;
  throw new Mistake(`${trouble.message}\n${await wayAround(run, flag)}`);
}

async function wayAround(run: Run, flag: ImageFlag): Promise<string> {
  const args = ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', OTHERS[flag]];
  const { out } = await run('docker', args, { timeout: 20_000 });
  const here = out.split('\n').filter((name) => name !== '' && !name.endsWith(':<none>'));
  const [first] = here;
  if (first === undefined)
    return `${flag} IMAGE takes another; Docker has no ${OTHERS[flag]} here.`;
  return `Docker has ${here.join(', ')}. To take it: fluxdeck demo up ${flag} ${first}`;
}

/** Undefined when Docker has no such image. */
async function digestsOf(run: Run, image: string): Promise<string[] | undefined> {
  const args = [
    'image',
    'inspect',
    '--format',
    '{{range .RepoDigests}}{{println .}}{{end}}',
    image,
  ];
  const { code, out } = await run('docker', args, { timeout: 20_000 });
  return code === 0 ? out.split('\n').filter((line) => line !== '') : undefined;
}

/** Where an image is kept as an archive: a later `demo up` needs neither network nor Docker's own. */
export function archiveOf(demo: Demo, image: string): string {
  return path.join(places(demo.folder).images, `${tagOf(image).replaceAll(/[^\w.-]/g, '_')}.tar`);
}

export function isSaved(demo: Demo, image: string): Promise<boolean> {
  return access(archiveOf(demo, image)).then(
    () => true,
    () => false,
  );
}

/** @throws a Mistake when Docker can't */
export async function saveImage(
  run: Run,
  demo: Demo,
  image: string,
  docker: Docker,
): Promise<void> {
  const archive = archiveOf(demo, image);
  await mkdir(path.dirname(archive), { recursive: true, mode: 0o700 });
  const saved = await run('docker', saveArguments(tagOf(image), `${archive}.new`, docker), SAVE);
  if (saved.code !== 0) {
    await rm(`${archive}.new`, { force: true });
    throw explain(`The image ${tagOf(image)} can't be saved`, saved);
  }
  await rename(`${archive}.new`, archive);
}

/** containerd's store keeps images of many platforms in part; only one of them is whole. */
export function saveArguments(image: string, file: string, docker: Docker): string[] {
  const platform = docker.containerd ? ['--platform', docker.platform] : [];
  return ['save', ...platform, '--output', file, image];
}

/** Those that the cluster's node does not have yet. */
export async function missingImages(ask: AskApi, images: readonly string[]): Promise<string[]> {
  const nodes = await listObjects(ask, '/api/v1/nodes');
  const names = nodes.flatMap((node) => {
    const held = at(node, 'status', 'images');
    return Array.isArray(held) ? held.map((image) => at(image, 'names')) : [];
  });
  const there = new Set(names.flat().filter((name) => typeof name === 'string'));
  return images.filter((image) => !there.has(tagOf(image)));
}

/** @throws a Mistake when kind can't */
export async function loadImage(run: Run, demo: Demo, image: string): Promise<void> {
  const args = ['load', 'image-archive', archiveOf(demo, image), '--name', demo.cluster];
  const loaded = await run('kind', args, SAVE);
  if (loaded.code !== 0) throw explain(`kind could not load ${tagOf(image)}`, loaded);
}
