import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Delivered, deliver } from './delivery.ts';
import { git } from './git.ts';
import { addressOf, FLUX_NAMESPACE, type Manifest } from './manifest.ts';
import { until } from './patience.ts';
import type { Line } from './rawFollow.ts';
import type { Stack } from './stack.ts';

/** An app in Git that Flux brings into a namespace of its own; what a talk shows. */
export interface Story {
  /** Of GitRepository, Kustomization, Receiver, Deployment, namespace and repository. */
  name: string;
  source: Manifest;
  applier: Manifest;
  receiver: Manifest;
  deployment: Manifest;
  /** Commits these files over what is there, and pushes as a person would. */
  push: (subject: string, files: Record<string, string>) => Promise<Pushed>;
  /** Tells the Receiver of it, as a Git host would; a wrong secret signs wrongly. */
  announce: (pushed: Pushed, secret?: string) => Promise<Delivered>;
  /** Asks Flux to look now. */
  reconcile: (object: Manifest) => Promise<void>;
  /** Resolves when Flux has applied it and says so. */
  applied: (pushed: Pushed) => Promise<Line>;
  /** Takes it all out of the cluster again. */
  end: () => Promise<void>;
}

export interface Pushed {
  /** As Flux writes it. */
  revision: string;
  /** Milliseconds since the epoch, when git push had ended. */
  at: number;
}

/** Seconds; a controller that begins again may first have to outlive its own lease. */
const LONGEST = 180;

export const APP_FILE = 'kustomize/deployment.yaml';

/** The app; Flux applies `say` into its pods' environment. */
export function appFile(name: string, say: string, replicas = 2): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: app
          image: ghcr.io/stefanprodan/podinfo:6.14.1
          env:
            - name: PODINFO_UI_MESSAGE
              value: ${JSON.stringify(say)}
`;
}

/** Makes namespace, repository with a first commit, and all that Flux needs to follow it. */
export async function beginStory(stack: Stack, name: string): Promise<Story> {
  const { admin, git: host, folder, raw } = stack;
  const secret = randomBytes(16).toString('hex');
  const within = { name, namespace: FLUX_NAMESPACE };
  const source: Manifest = {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: within,
    spec: { interval: '30s', timeout: '10s', url: host.url(name), ref: { branch: 'main' } },
  };
  const applier: Manifest = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: within,
    spec: {
      interval: '20s',
      retryInterval: '10s',
      timeout: '30s',
      path: './kustomize',
      prune: true,
      wait: true,
      sourceRef: { kind: 'GitRepository', name },
      targetNamespace: name,
    },
  };
  const token: Manifest = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `${name}-webhook`, namespace: FLUX_NAMESPACE },
    stringData: { token: secret },
  };
  const receiver: Manifest = {
    apiVersion: 'notification.toolkit.fluxcd.io/v1',
    kind: 'Receiver',
    metadata: within,
    spec: {
      type: 'generic-hmac',
      secretRef: { name: token.metadata.name },
      resources: [{ apiVersion: source.apiVersion, kind: source.kind, name }],
    },
  };
  const deployment: Manifest = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: name },
  };

  const bare = path.join(host.folder, `${name}.git`);
  await git(folder, 'init', '--quiet', '--bare', '--initial-branch', 'main', bare);
  await git(bare, 'config', 'http.receivepack', 'true');
  const copy = await mkdtemp(path.join(folder, `${name}-`));
  await git(copy, 'clone', '--quiet', host.pushUrl(name), '.');

  const push = async (subject: string, files: Record<string, string>): Promise<Pushed> => {
    for (const [file, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(copy, file)), { recursive: true });
      await writeFile(path.join(copy, file), content);
    }
    await git(copy, 'add', '--all');
    await git(copy, 'commit', '--quiet', '--message', subject);
    await git(copy, 'push', '--quiet', 'origin', 'HEAD:main');
    return { revision: `main@sha1:${await git(copy, 'rev-parse', 'HEAD')}`, at: Date.now() };
  };
  await push('Deploy the app', { [APP_FILE]: appFile(name, 'greetings') });
  const namespace: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  await admin.apply(namespace);
  for (const object of [token, source, applier, receiver]) await admin.apply(object);

  return {
    name,
    source,
    applier,
    receiver,
    deployment,
    push,
    announce: ({ revision }, sign = secret) => deliver(admin, receiver, sign, revision),
    reconcile: (object) =>
      admin.patch(addressOf(object), {
        metadata: {
          annotations: { 'reconcile.fluxcd.io/requestedAt': new Date().toISOString() },
        },
      }),
    applied: ({ revision }) =>
      raw.sees(
        `${name} applied at ${revision}`,
        ({ kind, object }) =>
          kind === 'Kustomization' &&
          object?.metadata.name === name &&
          object.status?.lastAppliedRevision === revision &&
          object.status.conditions?.some(
            ({ type, status }) => type === 'Ready' && status === 'True',
          ) === true,
        LONGEST,
      ),
    async end() {
      for (const object of [applier, receiver, source, token, namespace]) {
        await admin.ask({ method: 'DELETE', path: addressOf(object) });
      }
      for (const object of [applier, namespace]) {
        await until(`${object.kind} ${name} to be gone`, async () => {
          const { status } = await admin.ask({ method: 'GET', path: addressOf(object) });
          return status === 404;
        });
      }
    },
  };
}
