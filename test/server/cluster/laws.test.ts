import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Observation, Watched } from '../../../server/cluster/observation.ts';
import { flowEvents, observe } from '../../../server/cluster/observe.ts';
import { initial, type State } from '../../../server/cluster/state.ts';
import type { Timed } from '../../../src/shared/event.ts';
import { run, runs } from '../../helpers/runs.ts';

for (const name of runs) {
  const { header, observations } = run(name);

  describe(`observing the run ${name}`, () => {
    test('comes to the same however its streams are interleaved', () => {
      const expected = outcome(flowEvents(observations, header.started));
      for (let seed = 1; seed <= 8; seed++) {
        const shuffled = interleaved(observations, seed);
        assert.notDeepEqual(shuffled.map(streamOf), observations.map(streamOf));
        assert.deepEqual(outcome(flowEvents(shuffled, header.started)), expected, `seed ${seed}`);
      }
    });

    test('says nothing of a list that repeats what is known', () => {
      const begun = observations.findLastIndex(
        (observation) => observation.type === 'watch' && observation.change === 'LISTED',
      );
      let state = initial(header.started);
      for (const [index, observation] of observations.entries()) {
        state = observe(state, observation).state;
        const isTurn = index > begun && index % 10 === 0;
        if (isTurn) state = relisted(state, observations.slice(0, index + 1));
      }
      relisted(state, observations);
    });

    test('does not change the state that it is given', () => {
      let state = initial(header.started);
      for (const observation of observations) {
        const once = observe(state, observation);
        assert.deepEqual(observe(state, observation).events, once.events);
        state = once.state;
      }
    });

    test('finds after a lost watch what was deleted in the meantime', () => {
      const end = observations.at(-1)?.at ?? 0;
      let state = initial(header.started);
      for (const observation of observations) state = observe(state, observation).state;
      const gone = [...presentObjects(observations)].flatMap(([kind, objects]) => {
        if (kind === 'Event' || objects.size === 0) return [];
        const step = observe(state, { at: end, type: 'watch', kind, change: 'LISTED' });
        state = step.state;
        return step.events.map((event) =>
          event.type === 'removed' ? `${event.key} removed` : event.type,
        );
      });
      const shown = [...presentObjects(observations)].flatMap(([kind, objects]) =>
        ['Pod', 'ReplicaSet', 'Event'].includes(kind) ? [] : [...objects.keys()],
      );
      // A workload whose Kustomization is still there is missed before that goes too.
      const removed = gone.filter((event) => event.endsWith(' removed'));
      assert.deepEqual(removed.toSorted(), shown.map((key) => `${key} removed`).toSorted());
    });
  });
}

test('an observation among many objects costs about what it costs among few', () => {
  const cost = (objects: number): number => {
    let state = initial('2026-01-01T00:00:00Z');
    for (let index = 0; index < objects; index++) state = seen(state, index, 0).state;
    const started = process.cpuUsage();
    for (let index = 0; index < 2000; index++)
      state = seen(state, index % objects, index + 1).state;
    return process.cpuUsage(started).user;
  };
  cost(100);
  const few = cost(100);
  assert.ok(
    cost(10_000) < 8 * few + 20_000,
    'a hundred times the objects, not a hundred times the cost',
  );
});

function seen(state: State, index: number, version: number) {
  const metadata = {
    name: `source-${index}`,
    namespace: 'default',
    uid: `${index}`,
    resourceVersion: `${index}.${version}`,
    generation: 1,
  };
  const status = { observedGeneration: version % 2 };
  return observe(state, {
    at: version,
    type: 'watch',
    kind: 'Bucket',
    change: 'MODIFIED',
    object: { metadata, spec: {}, status },
  });
}

/** What is left in the end, and how often each thing travelled. */
function outcome(events: Iterable<Timed>): unknown {
  const resources = new Map<string, unknown>();
  const pulses = new Map<string, number>();
  for (const { event } of events) {
    if (event.type === 'changed') {
      const { since: _, next: __, ...rest } = event.resource;
      resources.set(rest.key, rest);
    }
    if (event.type === 'removed') resources.delete(event.key);
    if (event.type === 'pulse') {
      const hop = `${event.why} ${event.from}→${event.to} ${event.revision}`;
      pulses.set(hop, (pulses.get(hop) ?? 0) + 1);
    }
  }
  return {
    resources: [...resources].toSorted(([one], [other]) => one.localeCompare(other)),
    pulses: [...pulses].toSorted(([one], [other]) => one.localeCompare(other)),
  };
}

function streamOf(observation: Observation): string {
  return observation.type === 'watch' ? observation.kind : observation.type;
}

/** Each observation up to 250 ms later, and no stream out of its own order. */
function interleaved(observations: readonly Observation[], seed: number): Observation[] {
  const random = generator(seed);
  const last = new Map<string, number>();
  const late = observations.map((observation) => {
    const stream = streamOf(observation);
    const at = Math.max(observation.at + random() * 0.25, last.get(stream) ?? 0);
    last.set(stream, at);
    return { ...observation, at };
  });
  return late.toSorted((one, other) => one.at - other.at);
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Lists every kind once more; nothing may come of it. */
function relisted(state: State, past: readonly Observation[]): State {
  let now = state;
  const at = past.at(-1)?.at ?? 0;
  const tell = (watched: Omit<Watched, 'at' | 'type'>) => {
    const step = observe(now, { at, type: 'watch', ...watched });
    assert.deepEqual(step.events, []);
    now = step.state;
  };
  for (const [kind, objects] of presentObjects(past)) {
    tell({ kind, change: 'ERROR', object: { kind: 'Status', code: 410 } });
    for (const object of objects.values()) tell({ kind, change: 'LIST', object });
    tell({ kind, change: 'LISTED' });
  }
  return now;
}

/** The objects of each watched kind, as a list would give them after these observations. */
function presentObjects(past: readonly Observation[]): Map<string, Map<string, unknown>> {
  const present = new Map<string, Map<string, unknown>>();
  for (const observation of past) {
    if (observation.type !== 'watch') continue;
    const { kind, change, object } = observation;
    const objects = present.get(kind) ?? new Map<string, unknown>();
    present.set(kind, objects);
    const { metadata } = (object ?? {}) as { metadata?: { namespace: string; name: string } };
    if (!metadata?.name) continue;
    const key = `${kind}/${metadata.namespace}/${metadata.name}`;
    if (change === 'DELETED') objects.delete(key);
    else if (change !== 'BOOKMARK') objects.set(key, object);
  }
  return present;
}
