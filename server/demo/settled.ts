import { setTimeout as wait } from 'node:timers/promises';
import type { AskApi } from '../api.ts';
import { Mistake } from '../mistake.ts';
import { at, condition, readObject, textAt } from './apiObject.ts';
import { PATHS } from './manifests.ts';

/** Milliseconds between two looks. */
const EVERY = 300;

/** Looks until there is an answer. @returns undefined when there was none in so many milliseconds */
export async function until<Answer>(
  look: () => Promise<Answer | undefined>,
  limit: number,
): Promise<Answer | undefined> {
  const end = performance.now() + limit;
  for (;;) {
    const answer = await look();
    if (answer !== undefined || performance.now() > end) return answer;
    await wait(EVERY);
  }
}

/** @throws a Mistake when the API server is not ready in time */
export async function answers(ask: AskApi, limit: number): Promise<void> {
  const ready = await until(async () => {
    const answer = await ask({ method: 'GET', path: '/readyz' }).catch(() => undefined);
    return answer?.status === 200 ? true : undefined;
  }, limit);
  if (!ready) {
    throw new Mistake(
      `The cluster did not answer in ${limit / 1000} s. Does its node run? docker ps`,
    );
  }
}

/**
 * Waits until Flux has brought a revision into the cluster and found it healthy.
 * @throws a Mistake with what Flux says of it when it takes longer
 */
export async function settled(ask: AskApi, revision: string, limit: number): Promise<void> {
  const state = { why: '' };
  const done = await until(async () => {
    const [source, kustomization] = await Promise.all([
      readObject(ask, PATHS.gitRepository),
      readObject(ask, PATHS.kustomization),
    ]);
    const why = unsettled(revision, source, kustomization);
    state.why = why ?? '';
    return why === undefined ? true : undefined;
  }, limit);
  if (!done) {
    throw new Mistake(
      `Flux did not get there in ${limit / 1000} s: ${state.why}\nIs it the Git history? \`fluxdeck demo reset\` goes back to its beginning.`,
    );
  }
}

type Found = Awaited<ReturnType<typeof readObject>>;

/** Why Flux is not at a revision yet; undefined when it is. */
export function unsettled(
  revision: string,
  source: Found,
  kustomization: Found,
): string | undefined {
  if (textAt(source, 'status', 'artifact', 'revision') !== revision) {
    return `GitRepository podinfo: ${condition(source, 'Ready')?.message ?? 'not fetched yet'}`;
  }
  const ready = condition(kustomization, 'Ready');
  const applied = textAt(kustomization, 'status', 'lastAppliedRevision');
  const observed = at(kustomization, 'status', 'observedGeneration');
  const isNow = observed === at(kustomization, 'metadata', 'generation');
  const wanted = textAt(kustomization, 'metadata', 'annotations', REQUESTED);
  const handled = wanted === undefined || textAt(kustomization, 'status', HANDLED) === wanted;
  if (applied === revision && ready?.status === 'True' && isNow && handled) return undefined;
  return `Kustomization podinfo: ${ready?.message ?? 'not applied yet'}`;
}

const REQUESTED = 'reconcile.fluxcd.io/requestedAt';
const HANDLED = 'lastHandledReconcileAt';
