import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Admin, openAdmin } from './admin.ts';
import { type Access, writeKubeconfig } from './kubeconfig.ts';
import { addressOf, collection, type Manifest } from './manifest.ts';

const ROLE_FILE = path.resolve(import.meta.dirname, '../../assets/cluster/viewer.yaml');
export const VIEWER_ROLE = 'fluxdeck-viewer';

/** Who the program under test is: a ServiceAccount with the role that the program ships. */
export interface Viewer {
  /** Files. The token lies in the second, which the first names. */
  kubeconfig: string;
  tokenFile: string;
  /** A token that is good for now. */
  token: () => Promise<string>;
  /** By its HTTP status, what the API server says to the token in the file. */
  answer: () => Promise<number>;
  /** Puts a new token into the file. */
  renewToken: () => Promise<void>;
  /** Makes every token so far invalid: the ServiceAccount is another one of the same name. */
  revokeTokens: () => Promise<void>;
  /** Takes the role away, and gives it back. */
  unbind: () => Promise<void>;
  bind: () => Promise<void>;
  /** Writes the kubeconfig anew, as in: for another server, or with the token in it. */
  rewrite: (change: Partial<Access>) => Promise<void>;
}

export interface ViewerOptions {
  admin: Admin;
  /** Where its files go. */
  folder: string;
  server: URL;
  /** The authority's certificate, a file in PEM. */
  authority: string;
  name: string;
  /** The only namespace that it may look into; left out: it may look into all. */
  namespace?: string | undefined;
}

export async function createViewer(options: ViewerOptions): Promise<Viewer> {
  const { admin, folder, server, authority, name, namespace } = options;
  const account: Manifest = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace: 'default' },
  };
  const binding: Manifest = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: VIEWER_ROLE },
    subjects: [{ kind: 'ServiceAccount', name, namespace: 'default' }],
  };
  const tokenFile = path.join(folder, `${name}.token`);
  const kubeconfig = path.join(folder, `${name}.kubeconfig`);
  const token = () => requestToken(admin, account);
  const renewToken = async () => {
    await writeFile(tokenFile, await token(), { mode: 0o600 });
  };
  const rewrite = (change: Partial<Access>) =>
    writeKubeconfig(kubeconfig, {
      server,
      authority,
      user: { tokenFile },
      ...(namespace !== undefined && { namespace }),
      ...change,
    });

  const roles = '/apis/rbac.authorization.k8s.io/v1/clusterroles';
  await admin.applyYaml(`${roles}/${VIEWER_ROLE}`, await readFile(ROLE_FILE, 'utf8'));
  await Promise.all([admin.apply(account), admin.apply(binding)]);
  await renewToken();
  await rewrite({});
  return {
    kubeconfig,
    tokenFile,
    token,
    renewToken,
    async answer() {
      const ca = await readFile(authority, 'utf8');
      const eyes = openAdmin({ server, ca, token: await readFile(tokenFile, 'utf8') });
      try {
        const place = collection('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', namespace);
        return (await eyes.ask({ method: 'GET', path: place })).status;
      } finally {
        eyes.close();
      }
    },
    async revokeTokens() {
      await admin.delete(addressOf(account));
      await admin.apply(account);
    },
    unbind: () => admin.delete(addressOf(binding)),
    bind: () => admin.apply(binding),
    rewrite,
  };
}

async function requestToken(admin: Admin, account: Manifest): Promise<string> {
  const { status, body } = await admin.ask({
    method: 'POST',
    path: `${addressOf(account)}/token`,
    body: JSON.stringify({ spec: { expirationSeconds: 3600 } }),
  });
  if (status !== 201) throw new Error(`No token for ${account.metadata.name}: ${status} ${body}`);
  const answer: { status?: { token?: string } } = JSON.parse(body);
  const { token } = answer.status ?? {};
  if (token === undefined) throw new Error(`No token for ${account.metadata.name}: ${body}`);
  return token;
}
