import assert from 'node:assert/strict';
import path from 'node:path';
import { after, test } from 'node:test';
import type { GitHappening } from '../../../server/demo/gitHost.ts';
import { ALONE } from '../../../server/demo/reach.ts';
import { initRepository } from '../../../server/demo/repository.ts';
import { openDemo } from '../../../server/demo/running.ts';
import { DEMO_PARTS } from '../../../server/demo/scenes/parts.ts';
import { repositoryOf } from '../../../server/demo/scenes/repository.ts';
import { TABLE } from '../../../server/demo/scenes/run.ts';
import { beginDemo, writeDemo } from '../../../server/demo/state.ts';
import { empty, reduceAll } from '../../../src/shared/reduce.ts';
import type { SceneName } from '../../../src/shared/scene.ts';
import { ROOT } from '../../helpers/command.ts';
import { folderWith } from '../../helpers/folder.ts';
import { pretendCluster } from '../demo/cluster.ts';
import { freePort } from '../demo/port.ts';

const FILE = 'app/deployment.yaml';

/** The demo's real repository and Git host. */
async function hands() {
  const demo = {
    ...beginDemo(folderWith(), { cluster: 'fluxdeck', nodeImage: 'node', appImage: 'app:1' }),
    port: await freePort(),
  };
  await writeDemo(demo);
  const first = await initRepository(demo, path.join(ROOT, 'assets/demo/app'));
  const { ask } = pretendCluster();
  const happenings: GitHappening[] = [];
  const opened = await openDemo(demo, ask, {
    reach: ALONE,
    onHappened: (happening) => happenings.push(happening),
  });
  after(() => opened.close());
  const repository = repositoryOf(opened);
  /** The act of a scene, while Flux has last applied a revision. */
  const act = (name: SceneName, applied: string) =>
    TABLE[name].act({
      ask,
      repository,
      parts: DEMO_PARTS,
      flow: reduceAll(empty({ state: 'live', text: 'live' }), [
        {
          at: 0,
          event: {
            type: 'changed',
            resource: {
              key: DEMO_PARTS.applier,
              role: 'applier',
              status: 'failed',
              revision: applied,
              since: 0,
            },
          },
        },
      ]),
    });
  const subjects = () =>
    happenings.flatMap((each) => (each.what === 'receive-pack' ? [each.subject] : []));
  return { first, repository, opened, act, subjects };
}

test('the demo’s own page takes each greeting, and loses nothing else', async () => {
  const { first, repository, act, subjects } = await hands();
  const before = await repository.read('app/page.html');
  for (let push = 0; push < 8; push += 1) await act('push', first);
  const after = await repository.read('app/page.html');
  const differing = after.split('\n').filter((line, at) => line !== before.split('\n')[at]);
  assert.deepEqual(differing, ['  <h1>Hello, the webinar!</h1>']);
  assert.equal(new Set(subjects()).size, 7);
});

test('a break is one line, and its fix is what was applied, byte for byte', async () => {
  const { first, repository, act, subjects } = await hands();
  const { revision: applied = '' } = await act('push', first);
  const before = await repository.read(FILE);
  await act('break', applied);
  assert.equal(await repository.read(FILE), before.replace('replicas: 2', 'replicas: two'));
  await act('fix', applied);
  assert.equal(await repository.read(FILE), before);
  assert.deepEqual(subjects(), [
    'Say hello to the webinar',
    'Scale to two',
    'Fix the replica count',
  ]);
});

test('what somebody else broke is fixed too, in whatever file', async () => {
  const { first, repository, opened, act, subjects } = await hands();
  const before = await repository.read('app/service.yaml');
  await opened.commit({ 'app/service.yaml': 'nonsense\n' }, { subject: 'Be clever' });
  await act('fix', first);
  assert.equal(await repository.read('app/service.yaml'), before);
  assert.deepEqual(subjects(), ['Be clever', 'Go back to what worked']);
});

test('a manifest that is gone, or has no message, is told with the cure', async () => {
  const { first, repository, opened, act } = await hands();
  const emptied = { [FILE]: 'kind: Nothing\n', 'app/page.html': '' };
  await opened.commit(emptied, { subject: 'Empty it' });
  await assert.rejects(act('push', first), /page.html has no <h1> any more.*demo reset/);
  await assert.rejects(act('break', first), /no replicas any more.*demo reset/);
  await assert.rejects(repository.read('app/nowhere.yaml'), /not in the repository.*demo reset/);
  const unknown = `main@sha1:${'0'.repeat(40)}`;
  await assert.rejects(act('fix', unknown), /does not know what was applied last.*demo reset/);
});
