import type { Manifest } from './apiObject.ts';
import type { Reach } from './reach.ts';
import { type Demo, REPOSITORY } from './state.ts';

/** What Flux's objects and the app are called: short, as they stand on slides. */
export const NAME = 'podinfo';
export const FLUX = 'flux-system';

const source = 'source.toolkit.fluxcd.io';
const kustomize = 'kustomize.toolkit.fluxcd.io';
const notification = 'notification.toolkit.fluxcd.io';

/** Where the demo's objects are at the API server. */
export const PATHS = {
  gitRepository: `/apis/${source}/v1/namespaces/${FLUX}/gitrepositories/${NAME}`,
  kustomization: `/apis/${kustomize}/v1/namespaces/${FLUX}/kustomizations/${NAME}`,
  receiver: `/apis/${notification}/v1/namespaces/${FLUX}/receivers/${NAME}`,
  secret: `/api/v1/namespaces/${FLUX}/secrets/webhook-token`,
  namespace: `/api/v1/namespaces/${NAME}`,
  deployment: `/apis/apps/v1/namespaces/${NAME}/deployments/${NAME}`,
  service: `/api/v1/namespaces/${NAME}/services/${NAME}`,
  /** The app's own page, by the API server's way to it. */
  page: `/api/v1/namespaces/${NAME}/services/http:${NAME}:http/proxy/`,
} as const;

export function controllerPath(component: string): string {
  return `/apis/apps/v1/namespaces/${FLUX}/deployments/${component}`;
}

export function gitUrl(demo: Demo, reach: Reach): string {
  return `http://${reach.host}:${demo.port}/${REPOSITORY}`;
}

/**
 * What `demo up` tells Flux. Intervals are as long as an audience waits: drift and a push without a
 * webhook are found within 20 s; a Git host that is away is noticed within 10.
 */
export function fluxManifests(demo: Demo, reach: Reach): Manifest[] {
  const metadata = { name: NAME, namespace: FLUX };
  return [
    {
      path: PATHS.secret,
      object: {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'webhook-token', namespace: FLUX },
        stringData: { token: demo.hookSecret },
      },
    },
    {
      path: PATHS.receiver,
      object: {
        apiVersion: `${notification}/v1`,
        kind: 'Receiver',
        metadata,
        spec: {
          type: 'generic-hmac',
          secretRef: { name: 'webhook-token' },
          resources: [{ apiVersion: `${source}/v1`, kind: 'GitRepository', name: NAME }],
          suspend: false,
        },
      },
    },
    {
      path: PATHS.gitRepository,
      object: {
        apiVersion: `${source}/v1`,
        kind: 'GitRepository',
        metadata,
        spec: {
          interval: '20s',
          timeout: '10s',
          url: gitUrl(demo, reach),
          ref: { branch: 'main' },
          suspend: false,
        },
      },
    },
    {
      path: PATHS.kustomization,
      object: {
        apiVersion: `${kustomize}/v1`,
        kind: 'Kustomization',
        metadata,
        spec: {
          interval: '20s',
          retryInterval: '10s',
          timeout: '30s',
          path: './app',
          prune: true,
          wait: true,
          sourceRef: { kind: 'GitRepository', name: NAME },
          suspend: false,
        },
      },
    },
  ];
}

/** kind's configuration: one node, nothing of the machine mounted or opened. */
export function kindConfig(demo: Pick<Demo, 'cluster' | 'nodeImage'>): string {
  return `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
name: ${demo.cluster}
networking:
  apiServerAddress: 127.0.0.1
nodes:
  - role: control-plane
    image: ${demo.nodeImage}
`;
}
