import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { agree } from './agreement.ts';
import { type Audience, present } from './audience.ts';
import { type Line, openLine } from './line.ts';
import { until } from './patience.ts';
import { theCluster } from './shared.ts';
import type { Stack } from './stack.ts';
import { APP_FILE, appFile, beginStory, type Story } from './story.ts';

const KEYS = [
  'GitRepository/flux-system/clock',
  'Kustomization/flux-system/clock',
  'Deployment/clock/clock',
];
/** Seconds in which a fault shows, and in which all is right again after its end. */
const SOON = 5;

describe('a talk while somebody sets the clock', () => {
  let stack: Stack;
  let line: Line;
  let audience: Audience;
  let story: Story;

  before(async () => {
    stack = await theCluster();
    const viewer = await stack.viewer('clock-viewer');
    line = await openLine(Number(stack.reach.server.port));
    await viewer.rewrite({ server: new URL(`https://127.0.0.1:${line.port}`) });
    audience = await present(['--kubeconfig', viewer.kubeconfig], {
      state: path.join(stack.folder, 'clock'),
      before: [path.join(import.meta.dirname, 'settableClock.ts')],
    });
    await audience.shows('the cluster live', ({ health }) => health.state === 'live');
    story = await beginStory(stack, 'clock');
    await allIsTold();
  });
  after(async () => {
    await audience?.stop();
    await line?.close();
    await story?.end();
  });

  for (const [times, where] of [
    [1, 'an hour forward'],
    [2, 'an hour back'],
  ] as const) {
    test(`${where}: nothing moves that did not`, async (t) => {
      audience.signal('SIGUSR2');
      const wasSet = () => audience.said().match(/The clock was set/g)?.length === times;
      await until('the clock to be set', wasSet, SOON);
      const set = Date.now();
      const pushed = await story.push(`Say ${where}`, { [APP_FILE]: appFile('clock', where) });
      await until('the Receiver', async () => (await story.announce(pushed)).status === 200, 20);
      const live = await shows('live');
      await story.applied(pushed);
      await allIsTold();

      // What watches over the connection counts seconds, too.
      const cut = Date.now();
      line.freeze();
      const stale = await shows('stale');
      line.thaw();
      const thawed = Date.now();
      const again = await shows('live');
      t.diagnostic(
        `live ${live - set} ms after it was set; half open: stale after ${stale - cut} ms, live ${again - thawed} ms after the end`,
      );
      await allIsTold();
    });
  }

  function shows(state: 'live' | 'stale'): Promise<number> {
    return audience.shows(`it ${state}`, ({ health }) => health.state === state, SOON);
  }

  /** And at the time at which it was. */
  async function allIsTold(): Promise<void> {
    await agree({ audience, raw: stack.raw, keys: KEYS });
    const behind = audience.heard.map(({ at, told }) => at / 1000 - told);
    assert.ok(Math.max(...behind) - Math.min(...behind) < 1, 'times are told as they pass');
  }
});
