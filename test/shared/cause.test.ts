import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cause } from '../../src/shared/cause.ts';
import { RUNS, realRun } from '../helpers/run.ts';

const ROOM = 100;

/** Every message of what failed in the real runs. */
const MESSAGES = new Set(
  RUNS.flatMap((name) =>
    realRun(name).flatMap(({ event }) =>
      event.type === 'changed' && event.resource.status === 'failed'
        ? [event.resource.message ?? '']
        : [],
    ),
  ),
);

function told(beginning: string): string {
  const found = [...MESSAGES].find((message) => message.startsWith(beginning));
  assert.ok(found, `no real message begins with “${beginning}”`);
  return cause(found, ROOM);
}

test('of a long error its object and its cause are told', () => {
  assert.equal(
    told('Deployment/default/podinfo dry-run failed: failed to create typed patch object'),
    'Deployment podinfo: .spec.replicas: expected numeric (int or float), got string',
  );
});

test('as many steps before the cause are told as there is room for', () => {
  assert.equal(
    told('failed to checkout and determine revision: unable to clone'),
    `unable to clone 'http://127.0.0.1:45253/shop.git': couldn't find remote ref "refs/heads/trunk"`,
  );
});

test('no step is told from the middle of its brackets', () => {
  assert.equal(
    told('health check failed after 30'),
    "timeout waiting for: [Deployment/default/shop status: 'InProgress']",
  );
  const list = `health check failed: timeout waiting for: [${'Deployment/default/a, '.repeat(5)}Deployment/default/shop status: 'InProgress']`;
  assert.equal(cause(list, ROOM), `${list.slice(0, ROOM)}…`);
});

test('an error that was cut before its cause keeps its beginning', () => {
  assert.match(told('kustomize build failed'), /^kustomize build failed: accumulating resources: /);
});

test('no real error is longer than its room, and each word of it was there', () => {
  assert.ok(MESSAGES.size > 5);
  for (const message of MESSAGES) {
    const words = cause(message, ROOM);
    assert.ok(words.length <= ROOM + 1, words);
    const object = /^(\w+) (\w+): /.exec(words);
    const rest = object && !message.includes(words) ? words.slice(object[0].length) : words;
    assert.ok(message.includes(rest.replace(/…$/, '')), words);
  }
});

test('an error that has room is not touched', () => {
  const message = 'Deployment/podinfo/podinfo dry-run failed: no such kind';
  assert.equal(cause(message, ROOM), message);
});
