import type { FlowEvent, Resource, Role, Seconds } from '../../src/shared/flow.ts';
import { deleted, nextCorrection, settled } from './absence.ts';
import { applierOf, nextLook } from './applier.ts';
import { driftOf, drifted, isPutBack } from './drift.ts';
import { isHeard, repositoryOf, withSource } from './git.ts';
import { type Owner, ownerOf } from './kind.ts';
import { isEcho, type Said } from './notice.ts';
import { get, put } from './keyed.ts';
import { type ClusterObject, fields, text } from './object.ts';
import { isSame, project } from './project.ts';
import { correction, foreignPush, revisionPulses } from './pulse.ts';
import { workloadStatus } from './rollout.ts';
import { fluxStatus } from './status.ts';
import { type Known, knownOf, type State, type Step, withKnown } from './state.ts';
import { requested } from './webhook.ts';

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
  if (known && !known.deleted && known.version === object.version) return { state, events: [] };
  if (role !== 'cluster') return settled(fluxObject(state, sighting, known), at, object.key);
  const owner = ownerOf(object);
  return owner ? workload(state, sighting, owner, known) : deleted(state, at, object.key);
}

function fluxObject(state: State, sighting: Sighting, known: Known | undefined): Step {
  const { at, object, role, listed } = sighting;
  const before = known?.uid === object.uid ? known : undefined;
  const judgement = fluxStatus(object, before?.resource);
  const applier =
    role === 'applier'
      ? applierOf(object, { at, started: state.started, listed }, before?.applier)
      : undefined;
  const next = applier && nextLook(object, judgement.status, applier);
  const resource = project(object, role, judgement, { at, next, before: before?.resource });
  const request = requestOf(object);
  const after: Known = {
    resource,
    uid: object.uid,
    version: object.version,
    ...(request && { requested: request.value }),
    ...(applier && { applier }),
  };
  const repository = repositoryOf(object);
  const located =
    repository === undefined
      ? state
      : { ...state, git: withSource(state.git, repository, object.key) };
  const isHistory = listed && !before;
  const asked =
    before && request?.isWebhook && request.value !== before.requested
      ? asking(located, sighting, repository)
      : { state: located, events: [] };
  const isForeign = repository !== undefined && !isHeard(state.git, repository);
  const pulses = isHistory
    ? []
    : [
        ...(isForeign ? foreignPush(before?.resource, resource) : []),
        ...revisionPulses(before?.resource, resource),
      ];
  const failing = isHistory ? undefined : failure(before?.resource, resource, at);
  const told = saying(withKnown(asked.state, after), object.key, failing);
  return {
    state: told.state,
    events: [...asked.events, ...pulses, ...change(known, resource), ...told.events],
  };
}

function workload(
  state: State,
  { at, object, role }: Sighting,
  owner: Owner,
  known: Known | undefined,
): Step {
  const before = known?.uid === object.uid && !known.deleted ? known : undefined;
  const drift = driftOf(object, owner.manager, before?.drift);
  const judgement = workloadStatus(object, drifted(drift));
  const next = judgement.status === 'drifted' ? nextCorrection(state, owner.key) : undefined;
  const resource = project(object, role, judgement, { at, next, before: known?.resource });
  const isCorrected = before?.drift
    ? isPutBack(before.drift, drift)
    : drift.owned.size > 0 && isMissed(state, known);
  return {
    state: withKnown(state, { resource, uid: object.uid, version: object.version, drift }),
    events: [...(isCorrected ? [correction(object.key)] : []), ...change(known, resource)],
  };
}

/**
 * Whether a workload that is back had been taken away by another. Of one that went while its
 * applier was at work it shows in the revision: to replace it, Flux needs a new one.
 */
function isMissed(state: State, known: Known | undefined): boolean {
  if (!known?.deleted) return false;
  if (known.resource.status === 'drifted') return true;
  const owner =
    known.resource.owner === undefined ? undefined : knownOf(state, known.resource.owner);
  return owner !== undefined && owner.resource.attempted === owner.resource.revision;
}

function change(before: Known | undefined, resource: Resource): FlowEvent[] {
  return before && isSame(before.resource, resource) ? [] : [{ type: 'changed', resource }];
}

const requestedAt = 'reconcile.fluxcd.io/requestedAt';

/** Who asked for a reconcile shows in who owns the annotation: Receivers act through one manager. */
function requestOf(object: ClusterObject): { value: string; isWebhook: boolean } | undefined {
  const value = text(object.annotations[requestedAt]);
  if (value === undefined) return undefined;
  const isWebhook = object.managers.some(
    ({ manager, fields: owned }) =>
      manager === 'notification-controller' &&
      fields(fields(owned['f:metadata'])['f:annotations'])[`f:${requestedAt}`] !== undefined,
  );
  return { value, isWebhook };
}

function asking(
  state: State,
  { at, object: { key }, role }: Sighting,
  repository: string | undefined,
): Step {
  const request = { at, key, role, ...(repository !== undefined && { repository }) };
  const [webhooks, events] = requested(state.git.webhooks, request);
  return { state: { ...state, git: { ...state.git, webhooks } }, events };
}

/** What a status says of a failure that is new. */
function failure(before: Resource | undefined, now: Resource, at: Seconds): Said | undefined {
  if (now.status !== 'failed' || now.message === undefined) return undefined;
  if (before?.status === 'failed' && before.message === now.message) return undefined;
  return { text: now.message, at, by: 'status' };
}

function saying(state: State, key: string, said: Said | undefined): Step {
  if (!said) return { state, events: [] };
  const events: FlowEvent[] = isEcho(said, get(state.said, key))
    ? []
    : [{ type: 'notice', key, text: said.text, severity: 'warning' }];
  return { state: { ...state, said: put(state.said, key, said) }, events };
}
