import type { AskApi } from '../api.ts';
import { Mistake } from '../mistake.ts';
import { applyObject, deleteObject, nameIn, replaceSpec, requestReconcile } from './apiObject.ts';
import { type Change, changesSince, OURS } from './inspect.ts';
import { fluxManifests, gitUrl, PATHS } from './manifests.ts';
import { commitOf, type Pristine } from './pristine.ts';
import type { Reach } from './reach.ts';
import { deleteRefs, foreignRefs, headOf, rewindTo } from './repository.ts';
import { settled } from './settled.ts';
import type { Demo } from './state.ts';
import { resetCopy } from './workingCopy.ts';

/** Milliseconds that Flux has to bring everything back. */
const LIMIT = 60_000;

/**
 * Brings Git, Flux's objects and the app back to what `demo up` left. The Git host has to be open:
 * the history goes back by a push, for all to see.
 * @returns what was done, one sentence each; nothing when the demo was pristine
 * @throws a Mistake when there is nothing to go back to, or the cluster does not get there
 */
export async function resetDemo(demo: Demo, ask: AskApi, reach: Reach): Promise<string[]> {
  const { pristine } = demo;
  if (!pristine) {
    throw new Mistake('`demo up` did not come to its end yet: there is nothing to go back to.');
  }
  const changes = await changesSince(demo, pristine, ask);
  if (changes.length === 0) return [];
  const done = [
    ...(await resetGit(demo, pristine)),
    ...(await resetObjects(demo, pristine, ask, reach, changes)),
  ];
  await requestReconcile(ask, PATHS.gitRepository, new Date());
  // Flux puts the app back, drift and all, whether or not the source has changed.
  await requestReconcile(ask, PATHS.kustomization, new Date());
  await settled(ask, pristine.revision, LIMIT);
  return [...done, 'Flux has put the app back'];
}

async function resetGit(demo: Demo, { revision }: Pristine): Promise<string[]> {
  const commit = commitOf(revision);
  const done: string[] = [];
  if ((await headOf(demo)) !== revision) {
    await rewindTo(demo, commit);
    done.push(`main is at ${commit.slice(0, 7)} again`);
  }
  const refs = await foreignRefs(demo);
  if (refs.length > 0) {
    await deleteRefs(demo, refs);
    done.push(`${refs.join(', ')} deleted`);
  }
  return [...done, ...(await resetCopy(demo, commit))];
}

async function resetObjects(
  demo: Demo,
  pristine: Pristine,
  ask: AskApi,
  reach: Reach,
  changes: readonly Change[],
): Promise<string[]> {
  const done: string[] = [];
  for (const { path, foreign } of changes) {
    if (path === undefined) continue;
    if (foreign) {
      await deleteObject(ask, path);
      done.push(`${nameIn(path)} deleted`);
    } else if (OURS.some((each) => each === path)) {
      await putBack(demo, pristine, ask, reach, path);
      done.push(`${nameIn(path)} is as it was`);
    }
  }
  return done;
}

/** What is gone is made again; what is there gets its whole spec, with nothing left of another. */
async function putBack(
  demo: Demo,
  pristine: Pristine,
  ask: AskApi,
  reach: Reach,
  path: string,
): Promise<void> {
  const manifest = fluxManifests(demo, reach).find((each) => each.path === path);
  if (manifest) await applyObject(ask, manifest);
  const spec = pristine.specs[path];
  const url = path === PATHS.gitRepository ? { url: gitUrl(demo, reach) } : {};
  await replaceSpec(ask, path, typeof spec === 'object' ? { ...spec, ...url } : spec);
}
