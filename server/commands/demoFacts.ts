import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { AskApi } from '../api.ts';
import { type ApiObject, readObject, textAt } from '../demo/apiObject.ts';
import { type GitHost, HOST_HEADER, openGitHost } from '../demo/gitHost.ts';
import { isSaved, missingImages } from '../demo/images.ts';
import { FLUX, NAME, PATHS } from '../demo/manifests.ts';
import { createForward } from '../demo/portForward.ts';
import { readDocker, readVersion } from '../demo/program.ts';
import { findReach, type Reach } from '../demo/reach.ts';
import type { Run } from '../demo/run.ts';
import { type Demo, places } from '../demo/state.ts';
import { verdictOf } from '../demo/verdict.ts';
import { PROGRAMS } from '../demo/versions.ts';
import { proxyPath, signature } from '../demo/webhook.ts';
import { answerIn, type GitHostFacts, knockArguments } from '../doctor/gitHost.ts';
import { type ImageFacts, imagesIn } from '../doctor/images.ts';
import type { Wish } from '../doctor/permissions.ts';
import type { Port } from '../doctor/ports.ts';
import type { Tool } from '../doctor/programs.ts';
import type { WebhookFacts } from '../doctor/webhook.ts';
import { Mistake } from '../mistake.ts';

/** What scenes do in the demo's cluster, and webhooks. */
export const SCENE_WISHES: readonly Wish[] = [
  { verb: 'delete', group: 'apps', resource: 'deployments', namespace: NAME },
  { verb: 'patch', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: NAME },
  {
    verb: 'patch',
    group: 'kustomize.toolkit.fluxcd.io',
    resource: 'kustomizations',
    namespace: FLUX,
  },
  {
    verb: 'create',
    group: '',
    resource: 'services',
    subresource: 'proxy',
    namespace: FLUX,
    name: 'http:webhook-receiver:80',
  },
];

export async function readTools(run: Run): Promise<Tool[]> {
  const [info, git, kind, flux] = await Promise.all([
    run('docker', ['info', '--format', '{{json .}}']),
    run('git', ['--version']),
    run('kind', ['version', '--quiet']),
    run('flux', ['--version']),
  ]);
  return [
    tool('Docker', () => {
      const { version, containerd } = readDocker(info);
      return containerd ? `${version} (containerd’s image store)` : version;
    }),
    tool('git', () => readVersion('git', git)),
    tool('kind', () => readVersion('kind', kind, PROGRAMS.kind)),
    tool('flux', () => readVersion('flux', flux, PROGRAMS.flux)),
  ];
}

function tool(name: string, version: () => string): Tool {
  try {
    return { name, version: version() };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { name, trouble: error.message };
  }
}

/**
 * Has the cluster's node ask for the Git host. Where no talk has it open, one without any repository
 * is opened for the question: Flux finds nothing in it.
 */
export async function readGitHost(
  demo: Demo,
  port: Port | undefined,
  run: Run,
  platform: NodeJS.Platform,
): Promise<GitHostFacts> {
  if (port?.held === 'taken') return { host: 'none', why: 'needs its port' };
  const open = port?.held === 'ours';
  const id = open ? demo.id : randomBytes(9).toString('base64url');
  try {
    const reach = await findReach(run, platform);
    const host = open ? undefined : await openEmpty(demo, reach, id);
    try {
      const node = `${demo.cluster}-control-plane`;
      const said = await run('docker', knockArguments(node, reach.host, demo.port));
      if (said.code === 127) return { host: 'none', why: 'needs Docker' };
      const answer = answerIn(said.out, HOST_HEADER, id);
      return { host: 'ours', address: `${reach.host}:${demo.port}`, answer, open };
    } finally {
      await host?.close();
    }
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { host: 'unopened', why: error.message };
  }
}

function openEmpty(demo: Demo, { addresses, networks }: Reach, id: string): Promise<GitHost> {
  return openGitHost({
    folder: path.join(demo.folder, 'nothing'),
    addresses,
    networks,
    port: demo.port,
    pushToken: randomBytes(24).toString('base64url'),
    id,
    onHappened: () => undefined,
  });
}

/** Sends a webhook that the Receiver has to refuse: nothing follows from it. */
export async function readWebhook(
  ask: AskApi,
  demo: Demo | undefined,
): Promise<WebhookFacts | undefined> {
  if (!demo) return undefined;
  const [receiver, kept] = await Promise.all([
    readObject(ask, PATHS.receiver),
    readObject(ask, PATHS.secret).catch(() => undefined),
  ]);
  const secret = secretIn(kept, demo);
  const hook = textAt(receiver, 'status', 'webhookPath');
  // One that checks no signature would act on it.
  const checks = textAt(receiver, 'spec', 'type') === 'generic-hmac';
  if (hook === undefined || !checks) {
    const why = checks ? 'the Receiver is not ready' : 'the Receiver checks no signature';
    const words = receiver ? why : 'there is no Receiver';
    return { status: undefined, words, way: 'proxy', secret };
  }
  const body = '{}';
  const headers = { 'X-Signature': signature(randomBytes(24).toString('base64url'), body) };
  const through = { method: 'POST', path: `${proxyPath(FLUX)}${hook}`, body, headers } as const;
  const answer = await ask(through);
  const { next, words } = verdictOf(answer);
  if (next !== 'around') return { status: answer.status, words, way: 'proxy', secret };
  const forward = createForward(places(demo.folder).kubeconfig, FLUX);
  const second = await forward(hook, body, headers).catch(() => undefined);
  return { status: second?.status, words, way: 'port-forward', secret };
}

function secretIn(kept: ApiObject | undefined, { hookSecret }: Demo): WebhookFacts['secret'] {
  const token = textAt(kept, 'data', 'token');
  if (token === undefined) return 'unread';
  return Buffer.from(token, 'base64').toString() === hookSecret ? 'same' : 'another';
}

export async function readImages(
  ask: AskApi,
  demo: Demo | undefined,
): Promise<ImageFacts | undefined> {
  if (!demo) return undefined;
  const images = imagesIn(demo.pristine?.specs ?? {});
  const [missing, saved] = await Promise.all([
    missingImages(ask, images),
    Promise.all(images.map((image) => isSaved(demo, image))),
  ]);
  return { images, missing, unsaved: images.filter((_, index) => !saved[index]) };
}
