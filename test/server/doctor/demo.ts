import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { after } from 'node:test';
import { archiveOf } from '../../../server/demo/images.ts';
import { readSpecs } from '../../../server/demo/inspect.ts';
import { controllerPath, PATHS } from '../../../server/demo/manifests.ts';
import { initRepository } from '../../../server/demo/repository.ts';
import { beginDemo, places, writeDemo } from '../../../server/demo/state.ts';
import { COMPONENTS } from '../../../server/demo/versions.ts';
import { ROOT } from '../../helpers/command.ts';
import { folderWith } from '../../helpers/folder.ts';
import { pretendCluster } from '../demo/cluster.ts';
import { freePort } from '../demo/port.ts';

export const HOOK = `/hook/${'ab'.repeat(32)}`;
const APP = path.join(ROOT, 'assets/demo/app');
const APP_IMAGE = 'ghcr.io/stefanprodan/podinfo:6.14.1';
/** Where the node finds this machine: loopback, too, but not the address that we try first. */
const GATEWAY = '127.0.0.2';

const INFO = JSON.stringify({
  ServerVersion: '29.0.1',
  OSType: 'linux',
  Architecture: 'x86_64',
  DriverStatus: [],
});
const NETWORK = JSON.stringify([
  { IPAM: { Config: [{ Subnet: '127.0.0.0/8', Gateway: GATEWAY }] } },
]);

/** What stands for docker, kind and flux: as much as is asked of them. */
export const PROGRAMS = {
  // What it is to do in the node it does here.
  docker: `case "$1 $3" in
"info {{json .}}") echo '${INFO}' ;;
"info {{.OperatingSystem}}") echo Debian ;;
"network "*) echo '${NETWORK}' ;;
exec*) shift 2; exec "$@" ;;
*) exit 1 ;;
esac`,
  kind: 'echo 0.32.0',
  flux: 'echo flux version 2.9.5',
  chromium: 'exit 0',
} as const;

/** A folder of programs to put before all others. */
export function programs(scripts: Readonly<Record<string, string>>): string {
  const folder = folderWith();
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return folder;
}

/** Nothing of this machine but what every Linux has; PATH's first folders are the test's. */
export function surroundings(scripts: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return {
    PATH: `${programs(scripts)}:/usr/bin:/bin`,
    DISPLAY: ':0',
    HTTP_PROXY: '',
    HTTPS_PROXY: '',
    http_proxy: '',
    https_proxy: '',
    ALL_PROXY: '',
    all_proxy: '',
  };
}

function controller(name: string) {
  return {
    metadata: { name, labels: { 'app.kubernetes.io/version': 'v2.9.5' } },
    spec: { template: { spec: { containers: [{ image: `ghcr.io/fluxcd/${name}:v1.9.4` }] } } },
    status: { readyReplicas: 1 },
  };
}

/** A demo as `demo up` leaves it: its Git is real, its cluster is a socket that knows its objects. */
export async function demoUp() {
  const state = folderWith();
  const folder = path.join(state, 'fluxdeck', 'demo');
  const cluster = pretendCluster();
  const server = createServer((request, response) => void answer(cluster, request, response));
  const port = await listening(server.listen(0, '127.0.0.1'));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  after(close);

  const begun = {
    ...beginDemo(folder, { cluster: 'fluxdeck', nodeImage: 'node', appImage: APP_IMAGE }),
    port: await freePort(),
    made: true,
  };
  await writeDemo(begun);
  const revision = await initRepository(begun, APP);
  writeFileSync(places(folder).kubeconfig, kubeconfig(port));
  const token = Buffer.from(begun.hookSecret).toString('base64');
  const deployment = {
    spec: { replicas: 2, template: { spec: { containers: [{ image: APP_IMAGE }] } } },
    status: { readyReplicas: 2 },
  };
  const images = [APP_IMAGE, ...COMPONENTS.map((name) => `ghcr.io/fluxcd/${name}:v1.9.4`)];
  cluster.set('/readyz', {});
  cluster.set('/version', { gitVersion: 'v1.36.2' });
  cluster.set(PATHS.receiver, { spec: { type: 'generic-hmac' }, status: { webhookPath: HOOK } });
  cluster.set(PATHS.secret, { data: { token } });
  cluster.set(PATHS.gitRepository, { spec: { url: 'http://x/' } });
  cluster.set(PATHS.kustomization, { spec: {}, status: { lastAppliedRevision: revision } });
  cluster.set(PATHS.deployment, deployment);
  cluster.set(PATHS.service, { spec: {} });
  cluster.set('/api/v1/nodes', { items: [{ status: { images: [{ names: images }] } }] });
  for (const name of COMPONENTS) cluster.set(controllerPath(name), controller(name));
  cluster.set('/apis/apps/v1/deployments', { items: COMPONENTS.map(controller) });
  const demo = { ...begun, pristine: { revision, specs: await readSpecs(cluster.ask) } };
  await writeDemo(demo);
  cluster.asked.length = 0;

  mkdirSync(places(folder).images);
  for (const image of images) writeFileSync(archiveOf(demo, image), '');
  return { state, demo, cluster, close };
}

async function answer(
  cluster: ReturnType<typeof pretendCluster>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', url = '' } = request;
  cluster.asked.push({ method, path: url });
  const respond = (status: number, body: string) => response.writeHead(status).end(body);
  if (method === 'GET') {
    const found = await cluster.ask({ method, path: url });
    cluster.asked.pop();
    respond(found.status, found.body);
  } else if (url.endsWith('/selfsubjectaccessreviews')) respond(201, '{"status":{"allowed":true}}');
  else if (url.endsWith('/selfsubjectreviews')) {
    const creationTimestamp = new Date().toISOString();
    respond(201, JSON.stringify({ metadata: { creationTimestamp } }));
  } else if (url.endsWith(`/proxy${HOOK}`)) respond(400, '');
  else respond(405, '{}');
}

function kubeconfig(port: number): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server: `http://127.0.0.1:${port}` } }],
    users: [{ name: 'u', user: { token: 'a-token-of-the-demo' } }],
    contexts: [{ name: 'kind-secret', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'kind-secret',
  });
}

async function listening(server: ReturnType<typeof createServer>): Promise<number> {
  await once(server, 'listening');
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}
