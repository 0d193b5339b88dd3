import type { Flow, Resource } from '../../../src/shared/flow.ts';
import { reasonInWords } from '../../../src/shared/reason.ts';
import { kind, name, shortHash } from '../../../src/shared/words.ts';
import type { Begun, Parts } from './scene.ts';

/** How the parts of a scene stand in a flow: what preconditions and ends are made of. */

export function title(key: string): string {
  return `${kind(key)} ${name(key)}`;
}

export function isSuspended(flow: Flow, { applier }: Parts): boolean {
  return flow.resources.get(applier)?.status === 'suspended';
}

/** What Git wants can't be applied; between two tries it stays so. */
export function isBroken({ resources, transitions }: Flow, { applier }: Parts): boolean {
  const status = resources.get(applier)?.status;
  if (status !== 'progressing') return status === 'failed';
  const settled = transitions
    ?.get(applier)
    ?.findLast((transition) => transition.status !== 'progressing');
  return settled?.status === 'failed';
}

/** Flux has a revision in store, applied it, and what it runs is ready. */
export function isRolledOut({ resources }: Flow, { revision, parts }: Begun): boolean {
  const applier = resources.get(parts.applier);
  return (
    isAt(applier?.revision, revision) &&
    applier?.status === 'ready' &&
    isWhole(resources.get(parts.workload))
  );
}

/** The workload was not as Flux wants it, and is again. */
export function isBack({ resources }: Flow, { at, parts }: Begun): boolean {
  const workload = resources.get(parts.workload);
  return workload !== undefined && isWhole(workload) && workload.since > at;
}

/** While a rollout ends, more may be ready than are wanted. */
function isWhole(workload: Resource | undefined): boolean {
  return workload?.status === 'ready' && workload.ready === workload.total;
}

/** Whether what a scene is about is watched now. */
export function isSeen({ health }: Flow, parts: Parts): boolean {
  if (health.state !== 'stale') return health.state === 'live';
  const kinds = Object.values(parts).map((key) => kind(key));
  return health.kinds !== undefined && !health.kinds.some((each) => kinds.includes(each));
}

/** Why a revision will not be rolled out. */
export function whyNotApplied({ resources }: Flow, { revision, parts }: Begun): string | undefined {
  const applier = resources.get(parts.applier);
  if (applier?.status !== 'failed' || !isAt(applier.attempted, revision)) return undefined;
  const why = applier.reason === undefined ? 'failed' : reasonInWords(applier.reason);
  return `${title(parts.applier)}: ${why}.`;
}

/** Two ways to write a revision may differ before the hash. */
export function isAt(found: Resource['revision'], wanted: Resource['revision']): boolean {
  if (found === undefined || wanted === undefined) return false;
  return shortHash(found) === shortHash(wanted);
}

/** The first part that is not there, in words. */
export function missing({ resources }: Flow, keys: readonly string[]): string | undefined {
  const key = keys.find((each) => !resources.has(each));
  return key && `There is no ${title(key)} in this cluster. “fluxdeck demo up” makes one.`;
}

/** Everything runs as Git wants it; else what is to be done first. */
export function unrest(flow: Flow, parts: Parts): string | undefined {
  const { applier, workload } = parts;
  const gone = missing(flow, [applier, workload]);
  if (gone !== undefined) return gone;
  if (isSuspended(flow, parts)) {
    return `${title(applier)} is suspended, so nothing would come of it. Run the scene resume first.`;
  }
  if (isBroken(flow, parts)) {
    return `What is in Git can’t be applied, so nothing would come of it. Run the scene fix first.`;
  }
  const busy = [applier, workload].find((key) => flow.resources.get(key)?.status !== 'ready');
  return busy && `${title(busy)} is ${flow.resources.get(busy)?.status}. Wait until it is ready.`;
}
