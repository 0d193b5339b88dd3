import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { Mistake, reasonOf, systemCode } from '../../mistake.ts';
import { loadKubeConfig } from './client.ts';

export type Kubeconfig = KubeConfig;

/**
 * What kubectl would read: several files are one, whose first word on each name counts.
 * @param isAsked whether somebody named the files; else one that is not there is left out
 * @returns also the files that they refer to tokens in
 * @throws {Mistake} when there is none, or one that can't be read
 */
export async function readKubeconfig(
  files: readonly string[],
  isAsked: boolean,
): Promise<{ config: Kubeconfig; beside: string[] }> {
  const KubeConfig = await loadKubeConfig();
  const parts: Kubeconfig[] = [];
  const beside: string[] = [];
  for (const file of files) {
    const written = await read(file, isAsked);
    if (written === undefined) continue;
    const { text, tokens } = withTokenFiles(written, path.dirname(file));
    parts.push(parsed(new KubeConfig(), text, file));
    beside.push(...tokens);
  }
  if (parts.length === 0) return { config: inCluster(new KubeConfig(), files), beside };
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: parts.flatMap(({ clusters }) => clusters).map(plainAllowed),
    users: parts.flatMap(({ users }) => users),
    contexts: parts.flatMap(({ contexts }) => contexts),
    currentContext: parts.map(({ currentContext }) => currentContext).find(Boolean),
  });
  return { config, beside };
}

async function read(file: string, isAsked: boolean): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT' && !isAsked) return undefined;
    throw new Mistake(`The kubeconfig ${file} can't be read: ${reasonOf(error)}.`);
  }
}

function parsed(config: Kubeconfig, text: string, file: string): Kubeconfig {
  try {
    // An entry that can't be used is no matter as long as it is another's.
    config.loadFromString(text, { onInvalidEntry: 'filter' });
    config.makePathsAbsolute(path.dirname(path.resolve(file)));
    return config;
  } catch {
    // What the parser says quotes the file, secrets and all.
    throw new Mistake(
      `The kubeconfig ${file} is none: it can't be parsed. See what is wrong: kubectl --kubeconfig ${file} config view`,
    );
  }
}

/** A Pod has no kubeconfig, but the files that Kubernetes mounts. */
function inCluster(config: Kubeconfig, files: readonly string[]): Kubeconfig {
  if (process.env.KUBERNETES_SERVICE_HOST === undefined) {
    throw new Mistake(
      `There is no kubeconfig at ${files.join(' or ')}. Name one: --kubeconfig FILE`,
    );
  }
  config.loadFromCluster();
  return config;
}

/** The client knows `token-file`, and relative to nothing; kubectl writes `tokenFile`. */
function withTokenFiles(written: string, folder: string): { text: string; tokens: string[] } {
  const tokens: string[] = [];
  const text = written.replace(
    /(["']?)\btokenFile\1[ \t]*:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s,}]+))/g,
    (_, _quote, double?: string, single?: string, plain?: string) => {
      const file = path.resolve(folder, double ?? single ?? plain ?? '');
      tokens.push(file);
      return `"token-file": ${JSON.stringify(file)}`;
    },
  );
  return { text, tokens };
}

/** `kubectl proxy` speaks plain HTTP; the client wants to hear that this is meant. */
function plainAllowed(cluster: Kubeconfig['clusters'][number]): Kubeconfig['clusters'][number] {
  return cluster.server.startsWith('http:') ? { ...cluster, skipTLSVerify: true } : cluster;
}
