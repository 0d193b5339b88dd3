import type { Timed } from '../../src/shared/event.ts';
import type { Seconds } from '../../src/shared/flow.ts';
import { deleted } from './absence.ts';
import { hosted } from './git.ts';
import { drop, empty, entries, get, put } from './keyed.ts';
import { roleOf } from './kind.ts';
import { kubernetesEvent } from './notice.ts';
import { type ClusterObject, clusterObject } from './object.ts';
import type { Observation, Watched } from './observation.ts';
import { redact } from './redact.ts';
import { saying } from './saying.ts';
import { sighted } from './sighting.ts';
import { initial, kindOf, knownOf, type State, type Step, withKind } from './state.ts';

/** What an observation means: the events to tell, and the state for the next observation. */
export function observe(state: State, observation: Observation): Step {
  switch (observation.type) {
    case 'watch':
      return watched(state, observation);
    case 'git': {
      const [git, events] = hosted(state.git, observation);
      return { state: { ...state, git }, events };
    }
    case 'marker':
      return { state, events: [{ type: 'marker', name: redact(observation.name) }] };
    case 'tick':
      return { state, events: [] };
    default:
      return observation satisfies never;
  }
}

/** The events of a whole stream, each with its time. `started` is an ISO date. */
export function* flowEvents(observations: Iterable<Observation>, started: string): Iterable<Timed> {
  let state = initial(started);
  for (const observation of observations) {
    const step = observe(state, observation);
    state = step.state;
    for (const event of step.events) yield { at: observation.at, event };
  }
}

function watched(state: State, { at, kind, change, object: sent }: Watched): Step {
  const isShown = roleOf(kind) !== undefined || kind === 'Event';
  if (!isShown || change === 'BOOKMARK') return { state, events: [] };
  if (change === 'LISTED') return listed(state, at, kind);
  if (change === 'ERROR') {
    const { listing: _, ...rest } = kindOf(state, kind);
    return { state: withKind(state, kind, rest), events: [] };
  }
  const object = clusterObject(kind, sent);
  if (!object) return { state, events: [] };
  const noted = change === 'LIST' ? inList(state, object) : state;
  if (kind === 'Event') return kubernetesEventSeen(noted, at, object, change);
  if (change === 'DELETED') return deleted(noted, at, object.key);
  return sightedOf(noted, at, object, change === 'LIST');
}

function sightedOf(state: State, at: Seconds, object: ClusterObject, isListed: boolean): Step {
  const role = roleOf(object.kind);
  if (!role) return { state, events: [] };
  return sighted(state, { at, object, role, listed: isListed });
}

function inList(state: State, object: ClusterObject): State {
  const kind = kindOf(state, object.kind);
  const listing = put(kind.listing ?? empty<true>(), nameIn(object), true);
  return withKind(state, object.kind, { ...kind, listing });
}

function nameIn({ kind, key, uid }: ClusterObject): string {
  return kind === 'Event' && uid ? uid : key;
}

/** A list is complete: what it lacks was deleted while nobody watched. */
function listed(state: State, at: Seconds, name: string): Step {
  const { known, listing = empty<true>() } = kindOf(state, name);
  let step: Step = { state, events: [] };
  for (const [key] of entries(known)) {
    if (get(listing, key)) continue;
    const { state: after, events } = deleted(step.state, at, key);
    step = { state: after, events: [...step.events, ...events] };
  }
  const kept = { known: kindOf(step.state, name).known, listed: true };
  const { notices } = step.state;
  for (const [uid] of name === 'Event' ? entries(notices) : []) {
    if (!get(listing, uid)) {
      step.state = { ...step.state, notices: drop(step.state.notices, uid) };
    }
  }
  return { ...step, state: withKind(step.state, name, kept) };
}

/** A Kubernetes Event is told when it is new, has happened again or says something else. */
function kubernetesEventSeen(
  state: State,
  at: Seconds,
  object: ClusterObject,
  change: Watched['change'],
): Step {
  if (change === 'DELETED') {
    return { state: { ...state, notices: drop(state.notices, nameIn(object)) }, events: [] };
  }
  const event = kubernetesEvent(object);
  if (!event) return { state, events: [] };
  const last = get(state.notices, nameIn(object));
  const isNew = !last || event.count > last.count || event.text !== last.text;
  const { count, text } = event;
  const noted = { ...state, notices: put(state.notices, nameIn(object), { count, text }) };
  const isHistory =
    change === 'LIST' && (!kindOf(state, 'Event').listed || event.time < state.started);
  const isOurs = event.isFlux || knownOf(state, event.key) !== undefined;
  if (!isNew || isHistory || !isOurs) return { state: noted, events: [] };
  return saying(noted, event.key, { text, at, by: 'event' }, event.severity);
}
