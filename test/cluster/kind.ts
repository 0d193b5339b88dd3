import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { findReach } from '../../server/demo/reach.ts';
import { run } from '../../server/demo/run.ts';
import { places } from '../../server/demo/state.ts';
import { Mistake } from '../../server/mistake.ts';
import { openAdmin, type Reach } from './admin.ts';
import { openGitServer } from './gitServer.ts';
import { openNode } from './kindNode.ts';
import { watchRaw } from './rawWatch.ts';
import type { Stack } from './stack.ts';
import { createViewer } from './viewer.ts';

/**
 * A kind cluster with Flux in it, by the kubeconfig that `FLUXDECK_KUBECONFIG` names. Of what the
 * suite makes there only accounts and roles stay.
 * @throws a Mistake when there is none
 */
export async function openKind(): Promise<Stack> {
  const file = process.env.FLUXDECK_KUBECONFIG;
  if (file === undefined) {
    throw new Mistake(
      'FLUXDECK_CLUSTER=kind needs FLUXDECK_KUBECONFIG: the kubeconfig in the folder of a demo that `fluxdeck demo up` made, or of another kind cluster with Flux; there the tests of the demo are left out.',
      2,
    );
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'fluxdeck-kind-'));
  const { cluster, ...reach } = readReach(file);
  const admin = openAdmin(reach);
  const authority = path.join(folder, 'ca.crt');
  await writeFile(authority, reach.ca);
  const node = openNode(`${cluster}-control-plane`);
  for (const kind of ['crt', 'key']) {
    const text = node.read(`/etc/kubernetes/pki/apiserver.${kind}`);
    await writeFile(path.join(folder, `server.${kind}`), text, { mode: 0o600 });
  }
  const demo = demoOf(file);
  const { host, networks } = await findReach(run, process.platform);
  const git = await openGitServer(path.join(folder, 'git'), host, networks);
  const raw = await watchRaw(reach);
  return {
    folder,
    reach,
    admin,
    git,
    raw,
    process: node.process,
    ...(demo !== undefined && { demo }),
    viewer: (name, namespace) =>
      createViewer({
        admin,
        folder,
        authority,
        server: reach.server,
        name,
        namespace,
      }),
    async stop() {
      raw.stop();
      admin.close();
      await git.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The folder of the demo whose own kubeconfig this is. */
export function demoOf(kubeconfig: string | undefined): string | undefined {
  if (kubeconfig === undefined) return undefined;
  const folder = path.resolve(path.dirname(kubeconfig));
  return existsSync(places(folder).file) ? folder : undefined;
}

function readReach(file: string): Reach & { cluster: string } {
  const config = new KubeConfig();
  config.loadFromFile(file);
  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  if (!cluster?.caData || !user?.certData || !user.keyData) {
    throw new Mistake(`${file} is no kubeconfig of kind's: it lacks certificates.`, 2);
  }
  const pem = (data: string) => Buffer.from(data, 'base64').toString();
  return {
    // As kind names it, with `kind-` before its own name.
    cluster: cluster.name.replace(/^kind-/, ''),
    server: new URL(cluster.server),
    ca: pem(cluster.caData),
    cert: pem(user.certData),
    key: pem(user.keyData),
  };
}
