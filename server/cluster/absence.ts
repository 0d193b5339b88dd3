import type { FlowEvent, Seconds } from '../../src/shared/flow.ts';
import { get } from './keyed.ts';
import { isSame, projectDeleted } from './project.ts';
import {
  type Known,
  knownOf,
  knownOwner,
  type State,
  type Step,
  withKnown,
  withoutKnown,
} from './state.ts';

/** The object is not in the cluster any more. */
export function deleted(state: State, at: Seconds, key: string): Step {
  const known = knownOf(state, key);
  if (!known || known.deleted) return { state, events: [] };
  const fate = known.resource.role === 'cluster' ? fateOf(state, known) : 'gone';
  if (fate === 'gone') return settled(removed(state, known), at, key);
  const written = knownOwner(state, known)?.applier?.written ?? '';
  return absent(state, at, { ...known, deleted: { written } }, fate);
}

/**
 * An applier has changed, and with it what is known of the workloads that are not as it made them:
 * whether one that was deleted is missed, and when Flux looks again.
 */
export function settled({ state, events }: Step, at: Seconds, applier: string): Step {
  let step: Step = { state, events };
  for (const key of get(state.adrift, applier) ?? []) {
    const known = knownOf(step.state, key);
    if (!known) continue;
    const { state: after, events: more } = reviewed(step.state, at, known);
    step = { state: after, events: [...step.events, ...more] };
  }
  return step;
}

/** When Flux puts the workload back by itself. */
export function nextCorrection(state: State, owner: string | undefined): Seconds | undefined {
  const known = owner === undefined ? undefined : knownOf(state, owner);
  return known?.applier?.corrects ? known.resource.next : undefined;
}

function reviewed(state: State, at: Seconds, known: Known): Step {
  if (!known.deleted) return told(state, known, withNext(state, known));
  const fate = fateOf(state, known);
  if (fate === 'gone') return removed(state, known);
  const decided =
    known.resource.status === 'drifted' ||
    knownOwner(state, known)?.applier?.written !== known.deleted.written;
  return absent(state, at, known, decided ? 'missed' : 'undecided');
}

/**
 * Whether somebody else deleted the workload, so that it is missed, or its applier did: one that is
 * at work may be pruning, which shows when it next writes its inventory.
 */
function fateOf(state: State, known: Known): 'gone' | 'missed' | 'undecided' {
  const owner = knownOwner(state, known);
  if (!owner?.applier || owner.resource.status === 'terminating') return 'gone';
  const { inventory, reconciling } = owner.applier;
  if (inventory && !inventory.has(known.resource.key)) return 'gone';
  return reconciling ? 'undecided' : 'missed';
}

function absent(state: State, at: Seconds, known: Known, fate: 'missed' | 'undecided'): Step {
  const isMissed = fate === 'missed';
  const next = isMissed ? nextCorrection(state, known.resource.owner) : undefined;
  const resource = projectDeleted(
    known.resource,
    isMissed ? { status: 'drifted', message: 'deleted' } : { status: 'terminating' },
    { at, next },
  );
  return told(state, known, { ...known, resource });
}

function withNext(state: State, known: Known): Known {
  const { next: _, ...resource } = known.resource;
  const next = nextCorrection(state, resource.owner);
  return { ...known, resource: { ...resource, ...(next !== undefined && { next }) } };
}

function told(state: State, before: Known, known: Known): Step {
  const events: FlowEvent[] = isSame(before.resource, known.resource)
    ? []
    : [{ type: 'changed', resource: known.resource }];
  return { state: withKnown(state, known), events };
}

function removed(state: State, { resource }: Known): Step {
  return {
    state: withoutKnown(state, resource),
    events: [{ type: 'removed', key: resource.key }],
  };
}
