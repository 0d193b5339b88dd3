import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { flowEvents } from '../../../server/cluster/observe.ts';
import { TABLE } from '../../../server/demo/scenes/run.ts';
import type { Begun, Parts, Scene } from '../../../server/demo/scenes/scene.ts';
import type { Flow, Seconds } from '../../../src/shared/flow.ts';
import { empty, reduce } from '../../../src/shared/reduce.ts';
import { isSceneName, SCENES } from '../../../src/shared/scene.ts';
import { run } from '../../helpers/runs.ts';

const parts: Parts = {
  source: 'GitRepository/flux-system/podinfo',
  applier: 'Kustomization/flux-system/podinfo',
  workload: 'Deployment/default/podinfo',
};

const webinar = run('webinar');
const events = [...flowEvents(webinar.observations, webinar.header.started)];

/** The flow after each event, with its time. */
function* flows(): Iterable<{ at: Seconds; flow: Flow }> {
  let flow = empty({ state: 'live', text: 'live' });
  for (const { at, event } of events) {
    flow = reduce(flow, event, at);
    yield { at, flow };
  }
}
const all = [...flows()];
const flowAt = (at: Seconds): Flow =>
  all.findLast((each) => each.at <= at)?.flow ?? empty({ state: 'live', text: 'live' });

const marks = events.flatMap(({ at, event }) =>
  event.type === 'marker' && isSceneName(event.name) ? [{ name: event.name, at }] : [],
);
/** Of the commit that a scene made. */
function revisionAfter(at: Seconds, scene: Scene): string | undefined {
  if (!['push', 'break', 'fix', 'poll'].includes(scene.name)) return undefined;
  const commit = events.find(({ at: when, event }) => when >= at && event.type === 'commit');
  return commit?.event.type === 'commit' ? commit.event.revision : undefined;
}

function begunAt(at: Seconds, scene: Scene): Begun {
  const revision = revisionAfter(at, scene);
  return { at, parts, ...(revision !== undefined && { revision }) };
}

/** When each scene of the webinar has ended, to the hundredth, by the run's timeline. */
const ends = {
  push: 20.61,
  drift: 40.52,
  scale: 52.86,
  break: 62.5,
  fix: 74.05,
  suspend: 78.4,
  resume: 92.59,
  poll: 145.31,
};

describe('in the webinar the scene', () => {
  test('of each name is done once', () => {
    assert.deepEqual(
      marks.map(({ name }) => name),
      [...SCENES],
    );
  });

  for (const { name, at } of marks) {
    const scene = TABLE[name];
    const begun = begunAt(at, scene);
    test(`${name} may begin when it does`, () => {
      assert.equal(scene.refusal(flowAt(at), parts), undefined);
    });
    test(`${name} ends when all that follows from it has happened, and within its limit`, () => {
      const end = all.find((each) => each.at > at && scene.ended(each.flow, begun));
      assert.equal(end?.at.toFixed(2), ends[name].toFixed(2));
      const next = flowAt(at).resources.get(parts.applier)?.next ?? at;
      const limit = scene.limit + (scene.untilFluxLooks ? next - at : 0);
      assert.ok(ends[name] - at < limit / 2, `${ends[name] - at} s of ${limit} s`);
    });
    test(`${name} does not fail`, () => {
      const failed = all.find(
        (each) => each.at > at && each.at < ends[name] && scene.failure?.(each.flow, begun),
      );
      assert.equal(failed, undefined);
    });
  }
});

describe('a scene is refused, with the cure,', () => {
  const refusal = (scene: Scene, at: Seconds) => scene.refusal(flowAt(at), parts) ?? 'may begin';
  const table: [string, Seconds, Partial<Record<keyof typeof TABLE, RegExp>>][] = [
    [
      'before there is anything',
      1,
      {
        push: /There is no Kustomization podinfo .*demo up/,
        drift: /There is no Kustomization podinfo/,
        fix: /There is no Kustomization podinfo/,
        suspend: /There is no Kustomization podinfo/,
        resume: /There is no Kustomization podinfo/,
      },
    ],
    [
      'while a push is under way',
      16,
      {
        push: /Kustomization podinfo is progressing\. Wait/,
        drift: /is progressing/,
        fix: /Nothing is broken.* break first/,
        resume: /not suspended.* suspend first/,
        suspend: /^may begin$/,
      },
    ],
    [
      'while something has drifted',
      30,
      {
        push: /Deployment podinfo is drifted\. Wait/,
        drift: /is drifted/,
        scale: /is drifted/,
        break: /is drifted/,
      },
    ],
    [
      'while what is in Git can’t be applied',
      65,
      {
        push: /can’t be applied.* fix first/,
        drift: /can’t be applied/,
        break: /can’t be applied/,
        poll: /can’t be applied/,
        fix: /^may begin$/,
      },
    ],
    [
      'while Flux is suspended',
      80,
      {
        // How far a push comes then is worth showing.
        push: /^may begin$/,
        drift: /suspended.* resume first/,
        poll: /suspended.* resume first/,
        suspend: /suspended already.* resume/,
        fix: /Nothing is broken/,
        resume: /^may begin$/,
      },
    ],
  ];
  for (const [when, at, expected] of table) {
    test(when, () => {
      for (const [name, words] of Object.entries(expected)) {
        if (isSceneName(name)) assert.match(refusal(TABLE[name], at), words, name);
      }
    });
  }

  test('also between two tries of what can’t be applied', () => {
    const flow = flowAt(68.84);
    assert.equal(flow.resources.get(parts.applier)?.status, 'progressing');
    assert.equal(TABLE.fix.refusal(flow, parts), undefined);
    assert.match(TABLE.push.refusal(flow, parts) ?? '', /fix first/);
  });

  test('when it would scale what runs once on each node', () => {
    const daemons = { ...parts, workload: 'DaemonSet/default/agent' };
    assert.match(TABLE.scale.refusal(flowAt(14), daemons) ?? '', /can’t be scaled/);
  });
});

test('a push while Flux is suspended ends with the source', () => {
  const begun = begunAt(80.9, TABLE.push);
  const end = all.find(({ at, flow }) => at > 80.9 && TABLE.push.ended(flow, begun));
  assert.equal(end?.at.toFixed(2), '81.15');
});

test('a push that can’t be applied fails with the reason, and does not wait for its limit', () => {
  const begun = begunAt(61.9, TABLE.push);
  const failed = all.find(({ at, flow }) => at > 61.9 && TABLE.push.failure?.(flow, begun));
  assert.equal(failed?.at.toFixed(2), '62.50');
  assert.equal(
    failed && TABLE.push.failure?.(failed.flow, begun),
    'Kustomization podinfo: cannot be applied.',
  );
});
