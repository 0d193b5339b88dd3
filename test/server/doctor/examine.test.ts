import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, failure, ok, skipped, warning } from '../../../server/doctor/check.ts';
import { examine, type Result } from '../../../server/doctor/examine.ts';
import { lastLine, line, toJson } from '../../../server/doctor/report.ts';
import { fakeTime } from '../../helpers/time.ts';

const never = () => new Promise<never>(() => {});

test('checks are told in their order, each as soon as those before it are', async () => {
  const { schedule } = fakeTime();
  const first = Promise.withResolvers<number>();
  const told: string[] = [];
  const done = examine(
    [
      check(
        'first',
        () => first.promise,
        (number) => ok(String(number)),
      ),
      check(
        'second',
        () => Promise.resolve(2),
        (number) => ok(String(number)),
      ),
    ],
    { limit: 10, schedule, onResult: ({ name, words }) => told.push(`${name} ${words}`) },
  );
  await new Promise(setImmediate);
  assert.deepEqual(told, []);
  first.resolve(1);
  await done;
  assert.deepEqual(told, ['first 1', 'second 2']);
});

test('one that hangs is a failure when its time is over, and holds up no other', async () => {
  const time = fakeTime();
  const told: Result[] = [];
  const done = examine(
    [
      check(
        'quick',
        () => Promise.resolve(),
        () => ok('yes'),
      ),
      check('slow', never, () => ok('no')),
    ],
    { limit: 10, schedule: time.schedule, onResult: (result) => told.push(result) },
  );
  await new Promise(setImmediate);
  assert.equal(told.length, 1);
  time.pass(10);
  const [, slow] = await done;
  assert.deepEqual([slow?.state, slow?.words], ['failure', 'did not answer within 10 s']);
});

test('one that breaks is a failure that repeats nothing of what broke it', async () => {
  const { schedule } = fakeTime();
  const breaks = () => Promise.reject(new TypeError('a token'));
  const [result] = await examine([check('odd', breaks, () => ok(''))], {
    limit: 10,
    schedule,
    onResult: () => undefined,
  });
  assert.equal(result?.state, 'failure');
  assert.doesNotMatch(JSON.stringify(result), /a token/);
});

test('a line has a sign, a word, its name and the cure; the last line what to do first', () => {
  const results = [
    { name: 'browser', ...ok('firefox') },
    { name: 'disk', ...warning('little', 'Make room.') },
    { name: 'cluster', ...failure('away\nfrom here', 'docker start it') },
    { name: 'demo', ...failure('used', 'fluxdeck demo reset') },
    { name: 'flux', ...skipped('needs the cluster') },
  ];
  assert.deepEqual(results.map(line), [
    '✓ ok       browser      firefox',
    '! warning  disk         little → Make room.',
    '✗ failure  cluster      away from here → docker start it',
    '✗ failure  demo         used → fluxdeck demo reset',
    '– skipped  flux         needs the cluster',
  ]);
  assert.equal(lastLine(results), 'Do this first (cluster): docker start it');
  assert.equal(lastLine(results.slice(0, 2)), 'You can go on stage.');
  const { ready, first, seconds } = JSON.parse(toJson(results, 1.5));
  assert.deepEqual([ready, first, seconds], [false, 'cluster', 1.5]);
});
