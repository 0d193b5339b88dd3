/** Everything that the demo is made of, pinned. A tag can be moved, a digest cannot. */

/** What the programs must be: the first two numbers of their version. */
export const PROGRAMS = { kind: '0.32', flux: '2.9' } as const;

/** kind v0.32.0's own default (its `pkg/apis/config/defaults/image.go`). */
export const NODE_IMAGE =
  'kindest/node:v1.36.1@sha256:3489c7674813ba5d8b1a9977baea8a6e553784dab7b84759d1014dbd78f7ebd5';

/** podinfo. By tag alone: no source that we trust tells its digest. */
export const APP_IMAGE = 'ghcr.io/stefanprodan/podinfo:6.14.1';

export const COMPONENTS = [
  'source-controller',
  'kustomize-controller',
  'notification-controller',
] as const;

/**
 * Digests of the images that flux 2.9.0 to 2.9.5 install, by image and tag, as Flux Operator's
 * `config/data/flux-images/v2.9.*`/`upstream-alpine.yaml` has them.
 */
const DIGESTS: Readonly<Record<string, string>> = {
  'ghcr.io/fluxcd/source-controller:v1.9.1':
    'sha256:773a90fa26e014d4f23d5c6a48ca5875c4686bdc6aac2ea73951b9cd9fda48dd',
  'ghcr.io/fluxcd/source-controller:v1.9.2':
    'sha256:2b8d06650a1bcff5ec9a6c549cc6b9d1144c1ff1af90861441f225627b0b9e7e',
  'ghcr.io/fluxcd/source-controller:v1.9.3':
    'sha256:ff8f3c92f1bcb433e858c948040c3a3393fe73f5dd72048a4502bfaf0a4c26cd',
  'ghcr.io/fluxcd/source-controller:v1.9.4':
    'sha256:8a8ed0a57b8b86f561d5a4309a69f65e62f0cebe4de8801593c5ff35a3bc3c23',
  'ghcr.io/fluxcd/kustomize-controller:v1.9.1':
    'sha256:ae1a90c0c76d518618c5e2a64b82b6476c8213aa7a2b17ec8b94828f0230a6b8',
  'ghcr.io/fluxcd/kustomize-controller:v1.9.2':
    'sha256:3aecec8bafdb632afbe1d7da2a9252f40049bb80567ab3564fc9546e710c95ce',
  'ghcr.io/fluxcd/kustomize-controller:v1.9.3':
    'sha256:0203eb80743814f67bebb5f0b22c7db620bc461cc0b23732e0367a38fce04e4c',
  'ghcr.io/fluxcd/kustomize-controller:v1.9.4':
    'sha256:2b8bec54ffb6caf421bd2a6c005d27f567d5dd4db7feb55794fb51fcabd69b8f',
  'ghcr.io/fluxcd/notification-controller:v1.9.1':
    'sha256:d52626555d96dd5666a942ef8aad09650e1bdbf58ca67ddb835d9de27e9002be',
  'ghcr.io/fluxcd/notification-controller:v1.9.2':
    'sha256:9ce503e7bcb8493fafe2aaef0c2ac4396df4f6890256acf9cd444a2dcd2a69ed',
  'ghcr.io/fluxcd/notification-controller:v1.9.3':
    'sha256:071c351a0fb163eeb6a2bb82f1e894f51b6b0734216d2e97d3d99c9ab9d710b9',
};

/** The image with its digest, where that is known; else as it is. */
export function pinned(image: string): string {
  const digest = DIGESTS[image];
  return digest === undefined ? image : `${image}@${digest}`;
}

/** An image by what it is called in a cluster: without its digest. */
export function tagOf(image: string): string {
  return image.split('@')[0] ?? image;
}

/** The images of the manifests that `flux install --export` prints. */
export function imagesOf(manifests: string): string[] {
  const found = manifests.matchAll(/^\s*(?:- )?image:\s*["']?([^\s"']+)/gm);
  return [...new Set([...found].map(([, image = '']) => image))];
}

/** `0.32` of what `kind version` or `flux --version` prints, with the whole of it. */
export function versionIn(text: string): { whole: string; minor: string } | undefined {
  const [, whole, minor] = /\bv?((\d+\.\d+)\.\d+\S*)/.exec(text) ?? [];
  return whole === undefined || minor === undefined ? undefined : { whole, minor };
}
