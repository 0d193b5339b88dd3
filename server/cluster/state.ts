import type { FlowEvent, Resource, Seconds } from '../../src/shared/flow.ts';
import type { Applier } from './applier.ts';
import type { Drift } from './drift.ts';
import { type Git, noGit } from './git.ts';
import { drop, empty, get, type Keyed, put } from './keyed.ts';
import type { Said } from './saying.ts';

/** All that is remembered of what was observed. Never changed: each observation gives another. */
export interface State {
  /** The feed's beginning, in milliseconds since 1970: only to read the cluster's own dates. */
  started: number;
  kinds: Readonly<Record<string, Kind>>;
  /** Kubernetes Events by key: how often each was told, and what it said. */
  notices: Keyed<{ count: number; text: string }>;
  said: Keyed<Said>;
  git: Git;
  /** Keys of the workloads that have drifted or were deleted, by the key of their applier. */
  adrift: Keyed<readonly string[]>;
}

/** The objects of one kind. */
export interface Kind {
  known: Keyed<Known>;
  /** Whether a list has been complete: what came before it is history. */
  listed: boolean;
  /** What the list that is under way has had so far. */
  listing?: Keyed<true>;
}

export interface Known {
  /** As last told. */
  resource: Resource;
  uid: string;
  version: string;
  /** The last request to reconcile. */
  requested?: string;
  /** When somebody last made one, other than a webhook. */
  asked?: Seconds;
  /** Of appliers only. */
  applier?: Applier;
  /** Of workloads only. */
  drift?: Drift;
  /** Of a workload that was deleted: what its applier had written by then. */
  deleted?: { written: string };
}

/** What an observation comes to. */
export interface Step {
  state: State;
  events: FlowEvent[];
}

/** `started` is an ISO date. */
export function initial(started: string): State {
  return {
    started: Date.parse(started),
    kinds: {},
    notices: empty(),
    said: empty(),
    git: noGit,
    adrift: empty(),
  };
}

export function kindOf(state: State, kind: string): Kind {
  return state.kinds[kind] ?? { known: empty(), listed: false };
}

export function withKind(state: State, kind: string, changed: Kind): State {
  return { ...state, kinds: { ...state.kinds, [kind]: changed } };
}

export function knownOf(state: State, key: string): Known | undefined {
  return get(kindOf(state, kindIn(key)).known, key);
}

/** The applier that claims an object, if it is known. */
export function knownOwner(state: State, { resource }: Known): Known | undefined {
  return resource.owner === undefined ? undefined : knownOf(state, resource.owner);
}

export function withKnown(state: State, known: Known): State {
  const { key, owner, status } = known.resource;
  const kind = kindOf(state, kindIn(key));
  const kept = withKind(state, kindIn(key), { ...kind, known: put(kind.known, key, known) });
  const isAdrift = known.deleted !== undefined || status === 'drifted';
  return withAdrift(kept, key, isAdrift ? owner : undefined, knownOf(state, key)?.resource.owner);
}

export function withoutKnown(state: State, { key, owner }: Resource): State {
  const kind = kindOf(state, kindIn(key));
  const kept = withKind(state, kindIn(key), { ...kind, known: drop(kind.known, key) });
  return withAdrift({ ...kept, said: drop(kept.said, key) }, key, undefined, owner);
}

/** Moves a workload from the list of one applier to that of another; most are on none. */
function withAdrift(
  state: State,
  key: string,
  to: string | undefined,
  from: string | undefined,
): State {
  const left = from === undefined ? [] : (get(state.adrift, from) ?? []);
  let { adrift } = state;
  if (from !== undefined && from !== to && left.includes(key)) {
    const others = left.filter((other) => other !== key);
    adrift = others.length > 0 ? put(adrift, from, others) : drop(adrift, from);
  }
  const joined = to === undefined ? [] : (get(adrift, to) ?? []);
  if (to !== undefined && !joined.includes(key)) adrift = put(adrift, to, [...joined, key]);
  return adrift === state.adrift ? state : { ...state, adrift };
}

function kindIn(key: string): string {
  return key.slice(0, key.indexOf('/'));
}
