import type { Agent } from 'node:http';
import type { RequestOptions } from 'node:https';
import { homedir } from 'node:os';
import path from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { Mistake } from '../../mistake.ts';
import { type Kubeconfig, readKubeconfig } from './kubeconfig.ts';
import { stampOf } from './stamp.ts';

/** The way to an API server, and who we are there: as kubectl has it. */
export interface Access {
  server: URL;
  /** Of the context. */
  namespace?: string;
  tls: () => Promise<ConnectionOptions>;
  /** Those that say who we are, asked for anew with each request: tokens are short-lived. */
  headers: () => Promise<Record<string, string>>;
  /** Of a proxy that the kubeconfig names. */
  agent?: Agent;
  /** Whether the files that it was read from are still what they were. */
  isCurrent: () => Promise<boolean>;
}

export interface AccessOptions {
  /** Kubeconfig files; default: those that kubectl reads. */
  files?: readonly string[];
  /** Default: the current one. */
  context?: string;
}

/**
 * Opens the same cluster each time: whoever makes another context the current one meanwhile does
 * not take the audience along.
 */
export function accessOpener(options: AccessOptions): () => Promise<Access> {
  let context = options.context;
  return async () => {
    const opened = await open({ ...options, ...(context !== undefined && { context }) });
    context ??= opened.context;
    return opened.access;
  };
}

/** @throws {Mistake} when there is no kubeconfig, it can't be read, or lacks the context */
export async function openAccess(options: AccessOptions): Promise<Access> {
  return (await open(options)).access;
}

async function open(options: AccessOptions): Promise<{ access: Access; context: string }> {
  const files = options.files ?? defaultFiles();
  // Stamped before it is read: what changes in between shows.
  const stamp = await stampOf(files);
  const { config, beside } = await readKubeconfig(files, options.files !== undefined);
  const context = contextIn(config, options.context, files);
  config.setCurrentContext(context);

  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  const server = cluster?.server;
  if (server === undefined || !URL.canParse(server) || !user) {
    const missing = user ? 'cluster' : 'user';
    throw new Mistake(
      `The context “${context}” in ${inWords(files)} names a ${missing} that is not there or cannot be used. Try it: kubectl --context ${context} version`,
    );
  }
  const others = [...beside, cluster?.caFile, user.certFile, user.keyFile].filter(
    (file) => file !== undefined && file !== null,
  );
  const otherStamp = await stampOf(others);
  const namespace = config.getContextObject(context)?.namespace;
  const applied = () => apply(config);
  const agent = cluster?.proxyUrl === undefined ? undefined : (await applied()).agent;
  return {
    context,
    access: {
      server: new URL(server),
      ...(namespace && { namespace }),
      tls: async () => tlsOf(await applied()),
      headers: async () => headersOf(await applied()),
      ...(typeof agent === 'object' && { agent }),
      isCurrent: async () =>
        (await stampOf(files)) === stamp && (await stampOf(others)) === otherStamp,
    },
  };
}

async function apply(config: Kubeconfig): Promise<RequestOptions> {
  const options: RequestOptions = { headers: {} };
  await config.applyToHTTPSOptions(options);
  return options;
}

function tlsOf({ ca, cert, key, servername, rejectUnauthorized }: RequestOptions) {
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(servername !== undefined && { servername }),
    ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
  };
}

function headersOf({ headers, auth }: RequestOptions): Record<string, string> {
  const credentials: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    // A token file may end with a line break.
    if (value !== undefined) credentials[name.toLowerCase()] = String(value).trim();
  }
  if (auth) credentials.authorization = `Basic ${Buffer.from(auth).toString('base64')}`;
  return credentials;
}

function defaultFiles(): string[] {
  const named = (process.env.KUBECONFIG ?? '').split(path.delimiter).filter(Boolean);
  return named.length > 0 ? named : [path.join(homedir(), '.kube', 'config')];
}

function contextIn(
  config: Kubeconfig,
  wanted: string | undefined,
  files: readonly string[],
): string {
  const context = wanted ?? config.getCurrentContext();
  if (context && config.getContextObject(context)) return context;
  const names = config.getContexts().map(({ name }) => name);
  const known =
    names.length === 0 ? 'It has none.' : `Those it has: ${names.slice(0, 20).join(', ')}.`;
  throw new Mistake(
    context
      ? `There is no context “${context}” in ${inWords(files)}. ${known}`
      : `No context is the current one in ${inWords(files)}. ${known} Name one: --context NAME`,
  );
}

function inWords(files: readonly string[]): string {
  return files.join(' or ');
}
