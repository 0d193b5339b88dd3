import type { ApiAnswer, ApiRequest, AskApi } from '../api.ts';
import { Mistake } from '../mistake.ts';

/** Who writes, as the API server keeps it. */
const MANAGER = 'fluxdeck';

/** A Kubernetes object as JSON has it. */
export type ApiObject = Readonly<Record<string, unknown>>;

/** An object that we make, and its path at the API server. */
export interface Manifest {
  path: string;
  object: ApiObject;
}

/** Undefined when there is none. @throws a Mistake when it can't be read */
export async function readObject(ask: AskApi, path: string): Promise<ApiObject | undefined> {
  const answer = await asked(ask, { method: 'GET', path });
  if (answer.status === 404) return undefined;
  return bodyOf(answer, path);
}

/** What a list holds; nothing where the API server doesn't know the kind. */
export async function listObjects(ask: AskApi, path: string): Promise<ApiObject[]> {
  const list = await readObject(ask, path);
  return Array.isArray(list?.items) ? list.items.filter(isObject) : [];
}

/** Makes the object what the manifest says, whoever else had set its fields. */
export async function applyObject(ask: AskApi, { path, object }: Manifest): Promise<ApiObject> {
  const answer = await asked(ask, {
    method: 'PATCH',
    path: `${path}?fieldManager=${MANAGER}&force=true`,
    // JSON is YAML.
    type: 'application/apply-patch+yaml',
    body: JSON.stringify(object),
  });
  return bodyOf(answer, path);
}

export async function patchObject(ask: AskApi, path: string, patch: ApiObject): Promise<ApiObject> {
  const answer = await asked(ask, {
    method: 'PATCH',
    path: `${path}?fieldManager=${MANAGER}`,
    type: 'application/merge-patch+json',
    body: JSON.stringify(patch),
  });
  return bodyOf(answer, path);
}

/**
 * Puts a whole spec in the place of another, with nothing left of it. Controllers write to the same
 * object all the time: who was in between is read again.
 */
export async function replaceSpec(ask: AskApi, path: string, spec: unknown): Promise<void> {
  for (let tries = 5; ; tries -= 1) {
    const object = await readObject(ask, path);
    if (!object) throw new Mistake(`${nameIn(path)} is gone. \`fluxdeck demo up\` makes it again.`);
    const body = JSON.stringify({ ...object, spec });
    const put = { method: 'PUT', path: `${path}?fieldManager=${MANAGER}`, body } as const;
    const answer = await asked(ask, put);
    if (answer.status === 409 && tries > 1) continue;
    bodyOf(answer, path);
    return;
  }
}

export async function deleteObject(ask: AskApi, path: string): Promise<void> {
  const answer = await asked(ask, { method: 'DELETE', path });
  if (answer.status !== 404) bodyOf(answer, path);
}

/** Has Flux look at the object now. */
export async function requestReconcile(ask: AskApi, path: string, now: Date): Promise<string> {
  const requestedAt = now.toISOString();
  await patchObject(ask, path, {
    metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': requestedAt } },
  });
  return requestedAt;
}

/** What stands at a place in an object, as in `at(object, 'status', 'artifact')`. */
export function at(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

export function textAt(value: unknown, ...names: readonly string[]): string | undefined {
  const found = at(value, ...names);
  return typeof found === 'string' ? found : undefined;
}

/** A condition of an object: its status, reason and message. */
export function condition(
  object: ApiObject | undefined,
  type: string,
): { status?: string; reason?: string; message?: string } | undefined {
  const conditions = at(object, 'status', 'conditions');
  if (!Array.isArray(conditions)) return undefined;
  return conditions.filter(isObject).find((each) => each.type === type);
}

/** `Kustomization podinfo` of a path. */
export function nameIn(path: string): string {
  const [plural = '', name = ''] = (path.split('?')[0] ?? '').split('/').slice(-2);
  return `${KINDS[plural] ?? plural} ${name}`;
}

const KINDS: Readonly<Record<string, string>> = {
  gitrepositories: 'GitRepository',
  kustomizations: 'Kustomization',
  receivers: 'Receiver',
  deployments: 'Deployment',
  services: 'Service',
  namespaces: 'Namespace',
  secrets: 'Secret',
};

export function isObject(value: unknown): value is ApiObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function asked(ask: AskApi, request: ApiRequest): Promise<ApiAnswer> {
  try {
    return await ask(request);
  } catch {
    throw new Mistake('The cluster does not answer. Is Docker running, and the demo up?');
  }
}

function bodyOf({ status, body }: ApiAnswer, path: string): ApiObject {
  const value = parse(body);
  if (status >= 200 && status < 300 && value) return value;
  const why = textAt(value, 'message') ?? `HTTP ${status}`;
  throw new Mistake(`The cluster refused ${nameIn(path)}: ${why.slice(0, 300)}`);
}

function parse(body: string): ApiObject | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
