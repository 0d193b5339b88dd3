import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { flowEvents } from '../../../server/cluster/observe.ts';
import type { Timed } from '../../../src/shared/event.ts';
import type { Why } from '../../../src/shared/flow.ts';
import { type Reading, rawLines, reading } from '../../helpers/reading.ts';
import { run, runs } from '../../helpers/runs.ts';
import { timeline } from '../../helpers/timeline.ts';

for (const name of runs) {
  describe(`the run ${name}`, () => {
    const { header, observations } = run(name);
    const events = [...flowEvents(observations, header.started)];
    const read = reading(rawLines(name));

    test('shows the statuses that its raw lines have', () => {
      assert.deepEqual(statuses(events), read.statuses);
    });

    test('shows the revisions that its raw lines have', () => {
      assert.deepEqual(revisions(events), read.revisions);
    });

    for (const why of Object.keys(read.pulses)) {
      test(`has the pulses of its raw lines: ${why}`, () => {
        const expected = read.pulses[why as keyof Reading['pulses']];
        assert.deepEqual(pulses(events, why as Why), expected);
      });
    }

    test('reads as its timeline', () => {
      const golden = new URL(`../../fixtures/timelines/${name}.txt`, import.meta.url);
      assert.equal(timeline(events), readFileSync(golden, 'utf8'));
    });

    test('dates each status to when it began', () => {
      const began = new Map<string, string>();
      for (const { at, event } of events) {
        if (event.type === 'removed') began.delete(event.key);
        if (event.type !== 'changed') continue;
        const { key, status, since, conditions = [] } = event.resource;
        // What a list has began before: its conditions say when.
        const isDated = !began.has(key) && conditions.some((one) => one.since === since);
        if (isDated) began.set(key, `${status} ${since}`);
        const beginning = began.get(key)?.startsWith(`${status} `) ? began.get(key) : undefined;
        assert.equal(`${status} ${since}`, beginning ?? `${status} ${at}`, key);
        began.set(key, `${status} ${since}`);
      }
      assert.ok(began.size > 0);
    });
  });
}

test('a push is seen with its subject, and its commit is told once', () => {
  const { header, observations } = run('webinar');
  const commits = [...flowEvents(observations, header.started)].flatMap(({ event }) =>
    event.type === 'commit' ? [event.subject] : [],
  );
  assert.deepEqual(commits, [
    'Deploy podinfo',
    'Say hello to the webinar',
    'Scale to two',
    'Fix the replica count',
    'Release podinfo 6.14.0',
    'Release podinfo 6.15.0',
  ]);
});

function statuses(events: readonly Timed[]): string[] {
  const shown = new Map<string, string>();
  return events.flatMap(({ at, event }) => {
    if (event.type === 'removed') {
      shown.delete(event.key);
      return [`${at} ${event.key} removed`];
    }
    if (event.type !== 'changed') return [];
    const { key, status, checking } = event.resource;
    const now = checking ? `${status} checking` : status;
    if (shown.get(key) === now) return [];
    shown.set(key, now);
    return [`${at} ${key} ${now}`];
  });
}

function revisions(events: readonly Timed[]): string[] {
  const shown = new Map<string, string>();
  return events.flatMap(({ at, event }) => {
    if (event.type === 'removed') shown.delete(event.key);
    if (event.type !== 'changed') return [];
    const { key, revision } = event.resource;
    if (revision === undefined || shown.get(key) === revision) return [];
    shown.set(key, revision);
    return [`${at} ${key} ${revision}`];
  });
}

/** Of a webhook only the last hop; what the Git host tells has no key in the raw lines. */
function pulses(events: readonly Timed[], why: Why): string[] {
  return events.flatMap(({ at, event }) => {
    if (event.type !== 'pulse' || event.why !== why) return [];
    if (why === 'webhook' && event.from !== 'receiver') return [];
    const isOfHost = why === 'push' || why === 'poll' || why === 'webhook';
    return [isOfHost ? `${at}` : `${at} ${event.key}`];
  });
}
