import type { Admin } from '../cluster/admin.ts';
import { addressOf, type Manifest } from '../cluster/manifest.ts';

/** Where the objects of a bench are. */
export const NAMESPACE = 'bench';

/** How many workloads each applier has applied. */
export const WORKLOADS = 9;

/** Writes at a time. */
const WRITERS = 24;

const REVISION = `main@sha1:${'a1b2c3d4'.repeat(5)}`;
const KUSTOMIZE = 'kustomize.toolkit.fluxcd.io';

/** Makes the namespace. */
export function makeRoom(admin: Admin): Promise<void> {
  return admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
}

/**
 * Kustomizations and what they have applied, as Flux and Kubernetes leave them: with managed
 * fields, conditions, history and inventory. Nobody must be at work on them meanwhile.
 * @param first of the appliers; as many before it are there already
 */
export async function populate(admin: Admin, first: number, beyond: number): Promise<void> {
  const writes = range(first, beyond).flatMap((applier) => [
    () => put(admin, 'kustomize-controller', kustomization(applier), applied(applier)),
    ...range(0, WORKLOADS).map(
      (workload) => () =>
        put(admin, 'kustomize-controller', deployment(nameOf(applier, workload), applier, 0), {
          observedGeneration: 1,
          conditions: [
            atRest('Available', 'MinimumReplicasAvailable', 'Deployment has minimum availability.'),
            atRest(
              'Progressing',
              'NewReplicaSetAvailable',
              `ReplicaSet "${nameOf(applier, workload)}-567fc5b96f" has successfully progressed.`,
            ),
          ],
        }),
    ),
  ]);
  const next = writes.values();
  await Promise.all(
    range(0, WRITERS).map(async () => {
      for (const write of next) await write();
    }),
  );
}

/** A workload that Flux has applied. */
export function deployment(name: string, applier: number, replicas: number): Manifest {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: NAMESPACE,
      labels: {
        ...labels,
        [`${KUSTOMIZE}/name`]: `app-${applier}`,
        [`${KUSTOMIZE}/namespace`]: NAMESPACE,
      },
    },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'app',
              image: 'ghcr.io/stefanprodan/podinfo:6.15.0',
              ports: [{ containerPort: 9898, protocol: 'TCP' }],
              env: [{ name: 'PODINFO_UI_MESSAGE', value: 'hello' }],
            },
          ],
        },
      },
    },
  };
}

/** Writes an object and then its status, which is a write of its own. */
export async function put(
  admin: Admin,
  manager: string,
  manifest: Manifest,
  status: Record<string, unknown>,
): Promise<void> {
  const { apiVersion, kind, metadata } = manifest;
  const { name, namespace } = metadata;
  await write(admin, addressOf(manifest), manager, manifest);
  const about = { apiVersion, kind, metadata: { name, namespace } };
  await write(admin, `${addressOf(manifest)}/status`, `${manager}-status`, { ...about, status });
}

async function write(admin: Admin, path: string, manager: string, body: object): Promise<void> {
  const answer = await admin.ask({
    method: 'PATCH',
    path: `${path}?fieldManager=${manager}&force=true`,
    body: JSON.stringify(body),
    type: 'application/apply-patch+yaml',
  });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.body}`);
}

function kustomization(applier: number): Manifest {
  return {
    apiVersion: `${KUSTOMIZE}/v1`,
    kind: 'Kustomization',
    metadata: { name: `app-${applier}`, namespace: NAMESPACE },
    spec: {
      interval: '10m',
      path: './',
      prune: true,
      wait: true,
      sourceRef: { kind: 'GitRepository', name: 'app' },
    },
  };
}

function applied(applier: number): Record<string, unknown> {
  const now = new Date().toISOString();
  return {
    observedGeneration: 1,
    lastAppliedRevision: REVISION,
    lastAttemptedRevision: REVISION,
    conditions: [
      atRest('Ready', 'ReconciliationSucceeded', `Applied revision: ${REVISION}`),
      atRest('Healthy', 'Succeeded', 'Health check passed in 5.098673273s'),
    ],
    history: [
      {
        digest: `sha256:${'0'.repeat(64)}`,
        firstReconciled: now,
        lastReconciled: now,
        lastReconciledDuration: '5.3s',
        lastReconciledStatus: 'ReconciliationSucceeded',
        metadata: { revision: REVISION },
        totalReconciliations: 1,
      },
    ],
    inventory: {
      entries: range(0, WORKLOADS).map((workload) => ({
        id: `${NAMESPACE}_${nameOf(applier, workload)}_apps_Deployment`,
        v: 'v1',
      })),
    },
  };
}

function atRest(type: string, reason: string, message: string) {
  return { type, status: 'True', reason, message, lastTransitionTime: new Date().toISOString() };
}

function nameOf(applier: number, workload: number): string {
  return `app-${applier}-${workload}`;
}

function range(first: number, beyond: number): number[] {
  return Array.from({ length: beyond - first }, (_, index) => first + index);
}
