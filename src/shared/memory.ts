import type { Commit, Notice, Resource, Transition } from './flow.ts';

/** How much of what has been is kept: for the views that somebody opens, not for the diagrams. */
const TRANSITIONS = 6;
const NOTICES = 5;
const COMMITS = 20;
/** Seconds. */
const TOGETHER = 0.1;
/** Characters of a patch. More than anybody reads from the last row. */
const PATCH = 8000;

/** The last so many of a list that grows. */
export function last<T>(list: readonly T[], item: T, most: number): readonly T[] {
  const kept = list.length < most ? list.slice() : list.slice(list.length + 1 - most);
  kept.push(item);
  return kept;
}

/** What a resource came to be, if that is something else than it was. */
export function transition(
  before: Resource | undefined,
  { status, reason, revision }: Resource,
  at: number,
): Transition | undefined {
  if (before?.status === status && before.revision === revision) return undefined;
  return {
    at,
    status,
    ...(reason !== undefined && { reason }),
    ...(revision !== undefined && { revision }),
  };
}

/** A status and the revision that comes with it are written one after the other: they are one. */
export function withTransition(
  earlier: readonly Transition[] = [],
  now: Transition,
): readonly Transition[] {
  const before = earlier.at(-1);
  if (before?.status !== now.status || now.at - before.at > TOGETHER) {
    return last(earlier, now, TRANSITIONS);
  }
  return [...earlier.slice(0, -1), { ...now, at: before.at }];
}

export function withNotice(earlier: readonly Notice[] = [], now: Notice): readonly Notice[] {
  return last(earlier, now, NOTICES);
}

/** A commit that is told again is the same commit. */
export function withCommit(earlier: readonly Commit[] = [], now: Commit): readonly Commit[] {
  const others = earlier.filter(({ revision }) => revision !== now.revision);
  const { patch, ...rest } = now;
  const commit = patch === undefined ? rest : { ...rest, patch: beginning(patch) };
  return last(others, commit, COMMITS);
}

/** Whole lines only. */
function beginning(patch: string): string {
  if (patch.length <= PATCH) return patch;
  const end = patch.lastIndexOf('\n', PATCH);
  return patch.slice(0, end < 0 ? PATCH : end);
}
