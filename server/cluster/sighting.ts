import type { FlowEvent, Resource, Role, Seconds } from '../../src/shared/flow.ts';
import { deleted, nextCorrection, settled } from './absence.ts';
import { applierOf, nextLook } from './applier.ts';
import { drifted, driftOf, isPutBack } from './drift.ts';
import { isHeard, repositoryOf, withSource } from './git.ts';
import { type Owner, ownerOf } from './kind.ts';
import type { ClusterObject } from './object.ts';
import { isSame, project } from './project.ts';
import { correction, foreignPush, revisionPulses } from './pulse.ts';
import { askedAt, asking, requestOf } from './request.ts';
import { workloadStatus } from './rollout.ts';
import { type Said, saying } from './saying.ts';
import { type Known, knownOf, knownOwner, type State, type Step, withKnown } from './state.ts';
import { fluxStatus } from './status.ts';

/** An object was seen, and how. */
export interface Sighting {
  at: Seconds;
  object: ClusterObject;
  role: Role;
  /** From a list: what a new object has in it happened before. */
  listed: boolean;
}

export function sighted(state: State, sighting: Sighting): Step {
  const { at, object, role } = sighting;
  const known = knownOf(state, object.key);
  if (known && isRepeated(known, object)) return { state, events: [] };
  if (role !== 'cluster') return settled(fluxObject(state, sighting, known), at, object.key);
  const owner = ownerOf(object);
  return owner ? workload(state, sighting, owner, known) : deleted(state, at, object.key);
}

/** An object that is known already, as lists repeat it. */
function isRepeated({ version, deleted: isDeleted }: Known, object: ClusterObject): boolean {
  return !isDeleted && version !== '' && version === object.version;
}

function fluxObject(state: State, sighting: Sighting, known: Known | undefined): Step {
  const { at, object, listed } = sighting;
  const before = known?.uid === object.uid ? known : undefined;
  const now = fluxKnown(state, sighting, before);
  const asked = asking(located(state, object), sighting, before);
  const kept = withKnown(asked.state, now);
  const changed = change(known, now.resource);
  if (listed && !before) return { state: kept, events: changed };
  const failed = failure(before?.resource, now.resource, at);
  const said = failed ? saying(kept, object.key, failed, 'warning') : { state: kept, events: [] };
  const repository = repositoryOf(object);
  const isForeign = repository !== undefined && !isHeard(state.git, repository);
  return {
    state: said.state,
    events: [
      ...asked.events,
      ...(isForeign ? foreignPush(before?.resource, now.resource) : []),
      ...revisionPulses(before?.resource, now.resource),
      ...changed,
      ...said.events,
    ],
  };
}

function fluxKnown(
  { started }: State,
  { at, object, role, listed }: Sighting,
  before: Known | undefined,
): Known {
  const judgement = fluxStatus(object, before?.resource);
  const applier =
    role === 'applier' ? applierOf(object, { at, started, listed }, before?.applier) : undefined;
  const next = applier && nextLook(object, judgement.status, applier);
  const requested = requestOf(object)?.value;
  const asked = askedAt(object, at, before);
  return {
    resource: project(object, role, judgement, {
      at,
      started,
      next,
      before: before?.resource,
      listed,
    }),
    uid: object.uid,
    version: object.version,
    ...(requested !== undefined && { requested }),
    ...(asked !== undefined && { asked }),
    ...(applier && { applier }),
  };
}

function located(state: State, object: ClusterObject): State {
  const repository = repositoryOf(object);
  if (repository === undefined) return state;
  return { ...state, git: withSource(state.git, repository, object.key) };
}

function workload(
  state: State,
  { at, object, role, listed }: Sighting,
  owner: Owner,
  known: Known | undefined,
): Step {
  const before = known?.uid === object.uid && !known.deleted ? known : undefined;
  const drift = driftOf(object, owner.manager, before?.drift);
  const judgement = workloadStatus(object, drifted(drift));
  const next = judgement.status === 'drifted' ? nextCorrection(state, owner.key) : undefined;
  const { started } = state;
  const resource = project(object, role, judgement, {
    at,
    started,
    next,
    before: known?.resource,
    listed,
  });
  const isCorrected = before?.drift
    ? isPutBack(before.drift, drift)
    : drift.owned.size > 0 && isMissed(state, known);
  return {
    state: withKnown(state, { resource, uid: object.uid, version: object.version, drift }),
    events: [
      ...(isCorrected ? [correction(object.key, isAsked(state, known))] : []),
      ...change(known, resource),
    ],
  };
}

/**
 * Whether a workload that is back had been taken away by another. Of one that went while its
 * applier was at work it shows in the revision: to replace it, Flux needs a new one.
 */
function isMissed(state: State, known: Known | undefined): boolean {
  if (!known?.deleted) return false;
  if (known.resource.status === 'drifted') return true;
  const owner = knownOwner(state, known);
  return owner !== undefined && owner.resource.attempted === owner.resource.revision;
}

/** Whether somebody asked for a reconcile while the workload was not as Flux wants it. */
function isAsked(state: State, known: Known | undefined): boolean {
  if (!known) return false;
  const asked = knownOwner(state, known)?.asked;
  return asked !== undefined && asked >= known.resource.since;
}

function change(before: Known | undefined, resource: Resource): FlowEvent[] {
  return before && isSame(before.resource, resource) ? [] : [{ type: 'changed', resource }];
}

/** What a status says of a failure that is new. */
function failure(before: Resource | undefined, now: Resource, at: Seconds): Said | undefined {
  if (now.status !== 'failed' || now.message === undefined) return undefined;
  if (before?.status === 'failed' && before.message === now.message) return undefined;
  return { text: now.message, at, by: 'status' };
}
