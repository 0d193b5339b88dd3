import { readFile, writeFile } from 'node:fs/promises';

/** Who speaks, to which server. JSON is YAML, which a kubeconfig is. */
export interface Access {
  server: URL;
  /** A file in PEM. */
  authority: string;
  user: { token: string } | { tokenFile: string };
  namespace?: string;
  /** Of the context. */
  context?: string;
}

/** Writes a kubeconfig that only its owner can read. */
export async function writeKubeconfig(
  file: string,
  { server, authority, user, namespace, context = 'tests' }: Access,
): Promise<void> {
  const certificate = await readFile(authority);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'tests',
        cluster: {
          server: server.origin,
          'certificate-authority-data': certificate.toString('base64'),
        },
      },
    ],
    users: [{ name: 'tests', user }],
    contexts: [
      {
        name: context,
        context: { cluster: 'tests', user: 'tests', ...(namespace && { namespace }) },
      },
    ],
    'current-context': context,
  };
  await writeFile(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
}
