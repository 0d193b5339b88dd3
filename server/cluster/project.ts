import { isDeepStrictEqual } from 'node:util';
import type { Condition, Resource, Role, Seconds } from '../../src/shared/flow.ts';
import { conditionsOf } from './condition.ts';
import { ownerOf } from './kind.ts';
import type { ClusterObject } from './object.ts';
import { attemptedRevision, revisionOf } from './revision.ts';
import { rolloutOf } from './rollout.ts';
import type { Judgement } from './status.ts';

/** What a projection needs beside the object. */
interface Projected {
  at: Seconds;
  /** The feed's beginning, in milliseconds since 1970. */
  started: number;
  next: Seconds | undefined;
  before: Resource | undefined;
  /** From a list: what a new object has in it happened before. */
  listed: boolean;
}

/** All that leaves the server of an object. A status that has not changed keeps its beginning. */
export function project(
  object: ClusterObject,
  role: Role,
  judgement: Judgement,
  { at, started, next, before, listed }: Projected,
): Resource {
  const revision = revisionOf(object);
  const attempted = attemptedRevision(object);
  const owner = ownerOf(object)?.key;
  const conditions = conditionsOf(object, started, judgement.message);
  const rollout = role === 'cluster' ? rolloutOf(object) : undefined;
  return {
    key: object.key,
    role,
    ...judgement,
    ...(revision !== undefined && { revision }),
    ...(attempted !== undefined && { attempted }),
    ...(rollout && { ready: rollout.ready, total: rollout.total }),
    ...(conditions && { conditions }),
    ...(owner !== undefined && { owner }),
    ...(next !== undefined && { next }),
    since: beginning(judgement, listed ? dated(judgement, conditions, at) : at, before),
  };
}

/** When the condition that decided came to be so, as far as it says; by now at the latest. */
function dated({ reason }: Judgement, conditions: readonly Condition[] = [], at: Seconds): Seconds {
  const decided = conditions.find((one) => reason !== undefined && one.reason === reason);
  return Math.min(decided?.since ?? at, at);
}

/** A workload that was deleted: there is nothing of it but what was told. */
export function projectDeleted(
  before: Resource,
  judgement: Judgement,
  { at, next }: { at: Seconds; next: Seconds | undefined },
): Resource {
  const { key, role, total, owner } = before;
  return {
    key,
    role,
    ...judgement,
    ready: 0,
    ...(total !== undefined && { total }),
    ...(owner !== undefined && { owner }),
    ...(next !== undefined && { next }),
    since: beginning(judgement, at, before),
  };
}

function beginning(
  { status }: Judgement,
  at: Seconds,
  before: Pick<Resource, 'status' | 'since'> | undefined,
): Seconds {
  return before?.status === status ? before.since : at;
}

/** Whether the two would be shown alike. */
export function isSame(one: Resource, other: Resource): boolean {
  return isDeepStrictEqual(one, other);
}
