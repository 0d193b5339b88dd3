import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Admin, openAdmin, type Reach } from './admin.ts';
import { createAuthority } from './authority.ts';
import type { Built } from './build.ts';
import { assertRunning, type Controlled, control } from './controlled.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { until } from './patience.ts';
import { freePorts } from './port.ts';
import { type ProgramName, STAGES } from './program.ts';

/** By name without dashes; one with several values is given several times. */
export type Flags = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Starts a program under its name; what it says goes to `NAME.log`. */
export type Launch = (name: ProgramName, flags: Flags, env?: NodeJS.ProcessEnv) => Controlled;

export interface ControlPlane {
  reach: Reach;
  admin: Admin;
  /** The authority's certificate, a file in PEM. */
  authority: string;
  /** For the cluster's own programs, which may do everything. */
  kubeconfig: string;
}

const CONTROLLERS = [
  'deployment-controller',
  'replicaset-controller',
  'statefulset-controller',
  'daemonset-controller',
  'endpointslice-controller',
  'namespace-controller',
  'garbage-collector-controller',
  // Without it the node keeps its not-ready taint, and nothing is scheduled.
  'node-lifecycle-controller',
];

const KWOK_STAGES = [
  'node/fast/node-initialize',
  'node/heartbeat/node-heartbeat',
  'pod/fast/pod-ready',
  'pod/fast/pod-complete',
  'pod/fast/pod-delete',
];

const NODE = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node' },
  status: { allocatable: { cpu: '32', memory: '256Gi', pods: '1000' } },
};

/** Starts launching in this folder. */
export function launcher(folder: string, built: Built): Launch {
  return (name, flags, env = {}) => {
    const controlled = control({
      name,
      program: path.join(built(name), name),
      args: Object.entries(flags).flatMap(([flag, value]) =>
        [value].flat().map((one) => `--${flag}=${one}`),
      ),
      cwd: folder,
      env: { TMPDIR: path.join(folder, 'tmp'), ...env },
      log: path.join(folder, `${name}.log`),
    });
    controlled.start();
    return controlled;
  };
}

/** A Kubernetes with one node whose pods are pretended, all else is real. */
export async function startControlPlane(
  folder: string,
  built: Built,
  launch: Launch,
): Promise<ControlPlane> {
  const [etcd = 0, peer = 0, port = 0] = await freePorts(3);
  const server = new URL(`https://127.0.0.1:${port}`);
  const authority = await createAuthority(folder);
  await mkdir(path.join(folder, 'tmp'), { recursive: true });

  const tokens = {
    tests: randomBytes(24).toString('hex'),
    programs: randomBytes(24).toString('hex'),
  };
  const tokenFile = path.join(folder, 'tokens.csv');
  const known = Object.entries(tokens).map(
    ([user, it]) => `${it},${user},${user},system:masters\n`,
  );
  await writeFile(tokenFile, known.join(''), { mode: 0o600 });

  const clients = `http://127.0.0.1:${etcd}`;
  const peers = `http://127.0.0.1:${peer}`;
  launch('etcd', {
    'data-dir': path.join(folder, 'etcd'),
    'listen-client-urls': clients,
    'advertise-client-urls': clients,
    'listen-peer-urls': peers,
    'initial-advertise-peer-urls': peers,
    'initial-cluster': `default=${peers}`,
    'unsafe-no-fsync': true,
    'log-level': 'warn',
  });
  const apiServer = launch('kube-apiserver', {
    'etcd-servers': clients,
    'bind-address': '127.0.0.1',
    'advertise-address': '127.0.0.1',
    'secure-port': port,
    'endpoint-reconciler-type': 'none',
    'tls-cert-file': authority.server.certificate,
    'tls-private-key-file': authority.server.key,
    'service-account-key-file': authority.tokens,
    'service-account-signing-key-file': authority.tokens,
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-cluster-ip-range': '10.0.0.0/24',
    'token-auth-file': tokenFile,
    'authorization-mode': 'RBAC',
    // Pods would wait for tokens that nothing here reads.
    'disable-admission-plugins': 'ServiceAccount',
  });
  const reach = { server, ca: await readFile(authority.certificate, 'utf8'), token: tokens.tests };
  const admin = openAdmin(reach);
  await untilReady(admin, apiServer);

  const kubeconfig = path.join(folder, 'kubeconfig');
  await writeKubeconfig(kubeconfig, {
    server,
    authority: authority.certificate,
    user: { token: tokens.programs },
  });
  const alone = { kubeconfig, 'leader-elect': false, 'secure-port': 0 };
  launch('kube-controller-manager', { ...alone, controllers: CONTROLLERS.join(',') });
  launch('kube-scheduler', alone);
  launch('kwok', {
    kubeconfig,
    'manage-all-nodes': true,
    cidr: '10.10.0.0/16',
    config: KWOK_STAGES.map((stage) => path.join(built('kwok'), STAGES, `${stage}.yaml`)),
  });
  const body = JSON.stringify(NODE);
  const { status } = await admin.ask({ method: 'POST', path: '/api/v1/nodes', body });
  if (status !== 201) throw new Error(`The API server took no node: ${status}`);
  return { reach, admin, authority: authority.certificate, kubeconfig };
}

/** @throws when the API server ends before it is ready */
export async function untilReady({ ask }: Admin, server: Controlled): Promise<void> {
  await until('the API server', async () => {
    assertRunning(server);
    return (await ask({ method: 'GET', path: '/readyz' })).status === 200;
  });
}
