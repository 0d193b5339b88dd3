import type { AskApi } from '../api.ts';
import { at, isObject, listObjects, nameIn, readObject, textAt } from './apiObject.ts';
import { controllerPath, FLUX, NAME, PATHS } from './manifests.ts';
import { commitOf, differences, type Pristine } from './pristine.ts';
import { foreignRefs, headOf } from './repository.ts';
import type { Demo } from './state.ts';
import { COMPONENTS } from './versions.ts';
import { copyHead, workIn } from './workingCopy.ts';

/** Those whose spec Flux puts back by itself. */
export const APPLIED = [PATHS.deployment, PATHS.service] as const;
/** Those that nobody but us puts back. */
export const OURS = [
  PATHS.gitRepository,
  PATHS.kustomization,
  PATHS.receiver,
  ...COMPONENTS.map(controllerPath),
] as const;

/** Where somebody may have put objects of their own. */
const KINDS = [
  '/apis/source.toolkit.fluxcd.io/v1/gitrepositories',
  '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations',
  '/apis/notification.toolkit.fluxcd.io/v1/receivers',
  `/apis/apps/v1/namespaces/${NAME}/deployments`,
] as const;

/** One thing that is not as `demo up` left it. */
export interface Change {
  /** Of the object it is about; of none where it is about Git. */
  path?: string;
  /** Whether the object is somebody else's. */
  foreign?: boolean;
  words: string;
}

/** The specs of all objects that the demo watches over, as they are now. */
export async function readSpecs(ask: AskApi): Promise<Record<string, unknown>> {
  const read = await Promise.all(
    [...OURS, ...APPLIED].map(async (path) => {
      const object = await readObject(ask, path);
      return object === undefined ? [] : [[path, at(object, 'spec')] as const];
    }),
  );
  return Object.fromEntries(read.flat());
}

/** Everything that is not as `demo up` left it: nothing when the demo is pristine. */
export async function changesSince(demo: Demo, pristine: Pristine, ask: AskApi): Promise<Change[]> {
  const [git, specs, foreign, state] = await Promise.all([
    gitChanges(demo, pristine),
    readSpecs(ask),
    foreignObjects(ask),
    stateChanges(pristine, ask),
  ]);
  const changed = specChanges(pristine, specs);
  return [...git, ...changed, ...foreign, ...state];
}

/**
 * Addresses that a cluster or Docker gives out: another one is no change. A Service that was
 * deleted and is back has a new one; the Git host's changes with Docker's network.
 */
const ASSIGNED = ['url', 'clusterIP', 'clusterIPs'];

/** Where the specs differ. */
export function specChanges(
  pristine: Pristine,
  specs: Readonly<Record<string, unknown>>,
): Change[] {
  return Object.entries(pristine.specs).flatMap(([path, wanted]): Change[] => {
    const found = specs[path];
    if (found === undefined) return [{ path, words: `${nameIn(path)} is gone` }];
    const places = differences(withoutAddress(wanted), withoutAddress(found));
    if (places.length === 0) return [];
    return [{ path, words: `${nameIn(path)}: ${places.slice(0, 3).join(', ')}` }];
  });
}

function withoutAddress(spec: unknown): unknown {
  if (!isObject(spec)) return spec;
  return Object.fromEntries(Object.entries(spec).filter(([name]) => !ASSIGNED.includes(name)));
}

async function gitChanges(demo: Demo, { revision }: Pristine): Promise<Change[]> {
  const [head, refs, work, copy] = await Promise.all([
    headOf(demo),
    foreignRefs(demo),
    workIn(demo),
    copyHead(demo),
  ]);
  const changes: Change[] = [];
  if (head !== revision)
    changes.push({ words: `Git: main is at ${short(head)}, not ${short(revision)}` });
  if (refs.length > 0) changes.push({ words: `Git: ${refs.join(', ')} was pushed` });
  if (copy === undefined) changes.push({ words: 'Git: the working copy is gone' });
  else if (copy !== commitOf(revision)) {
    changes.push({ words: `Git: the working copy is at ${short(copy)}` });
  }
  if (work.length > 0) changes.push({ words: `Git: ${work.length} changed in the working copy` });
  return changes;
}

async function foreignObjects(ask: AskApi): Promise<Change[]> {
  const lists = await Promise.all(
    KINDS.map(async (kind) => {
      const objects = await listObjects(ask, kind);
      return objects.map((object) => pathOf(kind, object));
    }),
  );
  const known: readonly string[] = [...OURS, ...APPLIED];
  return lists
    .flat()
    .filter((path) => !known.includes(path))
    .map((path) => ({ path, foreign: true, words: `${nameIn(path)} is not the demo's` }));
}

function pathOf(kind: string, object: unknown): string {
  const namespace = textAt(object, 'metadata', 'namespace') ?? FLUX;
  const name = textAt(object, 'metadata', 'name') ?? '';
  if (kind.includes('/namespaces/')) return `${kind}/${name}`;
  const slash = kind.lastIndexOf('/');
  return `${kind.slice(0, slash)}/namespaces/${namespace}${kind.slice(slash)}/${name}`;
}

/** What specs don't tell: what Flux has applied, and whether it runs. */
async function stateChanges({ revision }: Pristine, ask: AskApi): Promise<Change[]> {
  const [kustomization, deployment] = await Promise.all([
    readObject(ask, PATHS.kustomization),
    readObject(ask, PATHS.deployment),
  ]);
  const applied = textAt(kustomization, 'status', 'lastAppliedRevision');
  const ready = Number(at(deployment, 'status', 'readyReplicas') ?? 0);
  const total = Number(at(deployment, 'spec', 'replicas') ?? 0);
  const changes: Change[] = [];
  if (kustomization && applied !== revision) {
    changes.push({ words: `The cluster is at ${short(applied)}, not ${short(revision)}` });
  }
  if (deployment && ready !== total) {
    changes.push({ words: `Deployment podinfo: ${ready} of ${total} replicas are ready` });
  }
  return changes;
}

function short(revision: string | undefined): string {
  return revision === undefined ? 'nothing' : revision.replace(/^(.*sha1:)/, '').slice(0, 7);
}
