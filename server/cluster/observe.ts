import type { Timed } from '../../src/shared/event.ts';
import type { Seconds } from '../../src/shared/flow.ts';
import { roleOfKind } from '../../src/shared/role.ts';
import { deleted } from './absence.ts';
import { hosted } from './git.ts';
import { empty, entries, get, put } from './keyed.ts';
import { noticed, noticesIn } from './notice.ts';
import { type ClusterObject, clusterObject } from './object.ts';
import type { Observation, Watched } from './observation.ts';
import { redact } from './redact.ts';
import { sighted } from './sighting.ts';
import { initial, kindOf, type State, type Step, withKind } from './state.ts';

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
  const role = roleOfKind(kind);
  const isShown = role !== undefined || kind === 'Event';
  if (!isShown || change === 'BOOKMARK') return { state, events: [] };
  if (change === 'LISTED') return listed(state, at, kind);
  if (change === 'ERROR') {
    const { listing: _, ...rest } = kindOf(state, kind);
    return { state: withKind(state, kind, rest), events: [] };
  }
  const object = clusterObject(kind, sent);
  if (!object) return { state, events: [] };
  const noted = change === 'LIST' ? inList(state, object) : state;
  if (!role) return noticed(noted, at, object, change);
  if (change === 'DELETED') return deleted(noted, at, object.key);
  return sighted(noted, { at, object, role, listed: change === 'LIST' });
}

function inList(state: State, object: ClusterObject): State {
  const kind = kindOf(state, object.kind);
  const listing = put(kind.listing ?? empty<true>(), object.key, true);
  return withKind(state, object.kind, { ...kind, listing });
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
  const whole = { known: kindOf(step.state, name).known, listed: true };
  const kept = name === 'Event' ? noticesIn(step.state, listing) : step.state;
  return { ...step, state: withKind(kept, name, whole) };
}
