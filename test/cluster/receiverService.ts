import { networkInterfaces } from 'node:os';
import type { Admin } from './admin.ts';
import { addressOf, FLUX_NAMESPACE, type Manifest } from './manifest.ts';

/** An address of this machine that is not loopback, which no endpoint may have. */
export function outwardAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}

/**
 * Makes the API server's proxy reach a controller that runs in no pod: Service, endpoints and a pod
 * in name only, which the proxy insists on. The names are those of Flux's own manifests.
 */
export async function exposeReceiver(
  { apply, patch }: Admin,
  { host, port }: { host: string; port: number },
): Promise<void> {
  const metadata = { name: 'webhook-receiver', namespace: FLUX_NAMESPACE };
  const pod: Manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'notification-controller', namespace: FLUX_NAMESPACE },
    // Nobody schedules it.
    spec: { schedulerName: 'none', containers: [{ name: 'manager', image: 'none' }] },
  };
  await apply(pod);
  await patch(`${addressOf(pod)}/status`, { status: { podIP: host, podIPs: [{ ip: host }] } });
  await apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { ports: [{ name: 'http', port: 80, targetPort: port }] },
  });
  await apply({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata,
    subsets: [
      {
        addresses: [{ ip: host, targetRef: { kind: pod.kind, ...pod.metadata } }],
        ports: [{ name: 'http', port }],
      },
    ],
  });
}
