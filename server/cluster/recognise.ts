import type { FlowEvent, Seconds } from '../../src/shared/flow.ts';
import type { SceneName } from '../../src/shared/scene.ts';
import { changedFields } from './drift.ts';
import { get } from './keyed.ts';
import type { Observation } from './observation.ts';
import { type Known, kindOf, knownOf, type State, type Step } from './state.ts';

type Marker = Extract<FlowEvent, { type: 'marker' }>;

/** What is remembered to tell what a person does by hand. Never changed, as a `State` is. */
export interface Recognition {
  /** Keys of the appliers that have failed and have not been ready since. */
  broken: ReadonlySet<string>;
  /** When each scene was last marked. */
  marked: ReadonlyMap<string, Seconds>;
}

/** What else there is to know about what was done. */
export interface Circumstances {
  /** The scene of ours that is under way: what it does is nobody's hand. */
  running?: { name: string; began: Seconds };
  /** Whether the Git host keeps its webhooks to itself. */
  webhooksOff?: boolean;
}

export const nothingDone: Recognition = { broken: new Set(), marked: new Map() };

/** What is done once may be seen several times. */
const once: Seconds = 2;

const byCommit: readonly string[] = ['push', 'break', 'fix', 'poll'] satisfies SceneName[];
const replicas = JSON.stringify(['f:spec', 'f:replicas']);

/**
 * What a person did by hand, as the scene that it is: a marker to tell before the step's own
 * events. `step` is what the observation came to, `before` the state that it met. A commit that
 * can't be applied is a push: what will come of it nobody knows yet.
 */
export function recognise(
  memory: Recognition,
  before: State,
  observation: Observation,
  step: Step,
  circumstances: Circumstances = {},
): [Recognition, Marker[]] {
  const { at } = observation;
  const markers: Marker[] = [];
  let { marked } = memory;
  for (const name of scenesIn(memory, before, observation, step, circumstances)) {
    if (isRunning(name, circumstances) || at - (marked.get(name) ?? -once) < once) continue;
    marked = new Map(marked).set(name, at);
    markers.push({ type: 'marker', name });
  }
  return [{ broken: brokenAfter(memory.broken, step), marked }, markers];
}

function scenesIn(
  { broken }: Recognition,
  before: State,
  observation: Observation,
  { state, events }: Step,
  { webhooksOff = false }: Circumstances,
): SceneName[] {
  // What the first list brings was done before anybody watched.
  const kind = observation.type === 'watch' ? observation.kind : 'GitRepository';
  if (!kindOf(before, kind).listed) return [];
  return events.flatMap((event) => {
    if (event.type === 'pulse' && event.why === 'push') {
      const source = event.key ?? sourceOf(before, observation);
      // A repository that nobody applies is none of the talk's.
      if (source === undefined) return [];
      if (webhooksOff) return ['poll'];
      const isBroken = [...broken].some((key) => knownOf(before, key)?.applier?.source === source);
      return isBroken ? ['fix'] : ['push'];
    }
    if (event.type !== 'changed') return [];
    const { key } = event.resource;
    const name = handOn(knownOf(before, key), knownOf(state, key));
    return name ? [name] : [];
  });
}

function sourceOf({ git }: State, observation: Observation): string | undefined {
  return observation.type === 'git' ? get(git.sources, observation.repository) : undefined;
}

/** What somebody has done to an object that was known. */
function handOn(before: Known | undefined, now: Known | undefined): SceneName | undefined {
  if (!before || !now) return undefined;
  const { role, status } = now.resource;
  if (role === 'cluster') return handOnWorkload(before, now);
  if (role !== 'applier' && role !== 'source') return undefined;
  const was = before.resource.status === 'suspended';
  if (was) return status === 'suspended' || status === 'terminating' ? undefined : 'resume';
  return status === 'suspended' ? 'suspend' : undefined;
}

function handOnWorkload(before: Known, now: Known): SceneName | undefined {
  if (now.resource.status !== 'drifted') return undefined;
  if (now.deleted) {
    const isNews = !before.deleted || before.resource.status !== 'drifted';
    return isNews ? 'drift' : undefined;
  }
  const changed = now.drift ? changedFields(now.drift, before.drift) : [];
  if (changed.length === 0) return undefined;
  return changed.includes(replicas) ? 'scale' : 'drift';
}

function isRunning(name: SceneName, { running }: Circumstances): boolean {
  if (!running) return false;
  return running.name === name || (byCommit.includes(name) && byCommit.includes(running.name));
}

function brokenAfter(broken: ReadonlySet<string>, { events }: Step): ReadonlySet<string> {
  let after = broken;
  for (const event of events) {
    if (event.type === 'removed') after = without(after, event.key);
    if (event.type !== 'changed' || event.resource.role !== 'applier') continue;
    const { key, status } = event.resource;
    if (status === 'failed') after = after.has(key) ? after : new Set([...after, key]);
    if (status === 'ready') after = without(after, key);
  }
  return after;
}

function without(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return keys.has(key) ? new Set([...keys].filter((other) => other !== key)) : keys;
}
