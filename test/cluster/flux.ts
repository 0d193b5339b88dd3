import { glob, mkdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import type { Built } from './build.ts';
import { assertRunning, type Controlled } from './controlled.ts';
import type { ControlPlane, Flags, Launch } from './controlPlane.ts';
import { collection, FLUX_NAMESPACE } from './manifest.ts';
import { until } from './patience.ts';
import { freePorts } from './port.ts';
import { DEFINITIONS, type ProgramName } from './program.ts';
import { exposeReceiver, outwardAddress } from './receiverService.ts';

const CONTROLLERS = [
  'source-controller',
  'kustomize-controller',
  'notification-controller',
  'helm-controller',
] as const satisfies readonly ProgramName[];

interface Definition {
  spec: { versions: { name: string; storage: boolean }[] };
}

interface Served {
  resources: { name: string }[];
}

/** Makes Flux's kinds known and runs its controllers until all are ready. */
export async function startFlux(
  folder: string,
  built: Built,
  launch: Launch,
  { admin, kubeconfig }: Pick<ControlPlane, 'admin' | 'kubeconfig'>,
): Promise<void> {
  await admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: FLUX_NAMESPACE } });
  await Promise.all(
    CONTROLLERS.map((name) => defineKinds(path.join(built(name), DEFINITIONS), admin)),
  );
  const [events = 0, storage = 0, receiver = 0, ...health] = await freePorts(7);
  const artifacts = path.join(folder, 'artifacts');
  await mkdir(artifacts);
  const host = outwardAddress();
  const own: Partial<Record<ProgramName, Flags>> = {
    'source-controller': {
      'storage-path': artifacts,
      'storage-addr': `127.0.0.1:${storage}`,
      'storage-adv-addr': `127.0.0.1:${storage}`,
    },
    'notification-controller': {
      receiverAddr: `${host ?? '127.0.0.1'}:${receiver}`,
      // Where it listens; for the others, where they send to.
      'events-addr': `127.0.0.1:${events}`,
    },
  };
  const env = { KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: FLUX_NAMESPACE };
  const running = CONTROLLERS.map((name, index) => {
    const port = health[index] ?? 0;
    const flags = {
      'watch-all-namespaces': true,
      'events-addr': `http://127.0.0.1:${events}/`,
      'health-addr': `127.0.0.1:${port}`,
      'metrics-addr': '127.0.0.1:0',
      'log-encoding': 'json',
      ...own[name],
    };
    return ready(launch(name, flags, env), port);
  });
  await Promise.all(running);
  if (host !== undefined) await exposeReceiver(admin, { host, port: receiver });
}

async function defineKinds(folder: string, admin: ControlPlane['admin']): Promise<void> {
  for await (const file of glob('*.yaml', { cwd: folder })) {
    // source.toolkit.fluxcd.io_buckets.yaml
    const [group = '', plural = ''] = path.basename(file, '.yaml').split('_');
    const kinds = collection('apiextensions.k8s.io/v1', 'CustomResourceDefinition');
    const address = `${kinds}/${plural}.${group}`;
    await admin.applyYaml(address, await readFile(path.join(folder, file), 'utf8'));
    const { spec } = await admin.get<Definition>(address);
    const version = spec.versions.find(({ storage }) => storage)?.name;
    // A controller that finds a kind missing ends.
    await until(`${plural} to be served`, () => admin.get(`/apis/${group}/${version}/${plural}`));
    await until(`${plural} to be discovered`, async () =>
      (await admin.get<Served>(`/apis/${group}/${version}`)).resources.some(
        ({ name }) => name === plural,
      ),
    );
  }
}

async function ready(controller: Controlled, port: number): Promise<void> {
  await until(`${controller.name} to be ready`, async () => {
    assertRunning(controller);
    return (await statusOf(`http://127.0.0.1:${port}/readyz`)) === 200;
  });
}

function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
