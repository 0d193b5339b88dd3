import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBrowsers, judgeBrowser } from '../../../server/doctor/browser.ts';
import { type Finding, taleOf } from '../../../server/doctor/check.ts';
import { clockAhead, judgeClock } from '../../../server/doctor/clock.ts';
import { type Greeting, judgeCluster } from '../../../server/doctor/cluster.ts';
import { judgeDeck } from '../../../server/doctor/deck.ts';
import { freeBytes, judgeDisk } from '../../../server/doctor/disk.ts';
import { judgeFallback } from '../../../server/doctor/fallback.ts';
import { judgeFlux } from '../../../server/doctor/flux.ts';
import { answerIn, judgeGitHost } from '../../../server/doctor/gitHost.ts';
import { imagesIn, judgeImages } from '../../../server/doctor/images.ts';
import { judgePermissions, readPermissions } from '../../../server/doctor/permissions.ts';
import { judgePorts } from '../../../server/doctor/ports.ts';
import { judgePower, parsePmset, powerOf, readPower } from '../../../server/doctor/power.ts';
import { judgeDemo } from '../../../server/doctor/pristine.ts';
import { judgeTools } from '../../../server/doctor/programs.ts';
import { judgeProxy } from '../../../server/doctor/proxy.ts';
import { judgeRest, parseRest, restOf } from '../../../server/doctor/sleep.ts';
import { judgeWebhook } from '../../../server/doctor/webhook.ts';
import { folderWith } from '../../helpers/folder.ts';
import { programs } from './demo.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const nobody = () => Promise.resolve({ code: 127, out: '' });

function greeted(greeting: Greeting, cluster: 'demo' | 'named' = 'demo'): Finding {
  return judgeCluster({ cluster, greeting, node: 'fluxdeck-control-plane' });
}

const seen = { unseen: [], narrow: [], kinds: 13, forbidden: [] };
const open = { status: 400, words: '', way: 'proxy', secret: 'same' } as const;
const free = { number: 4321, held: 'free' } as const;

/** What is found, and what has to be said of it. */
const judged: [sentence: string, finding: Finding, state: Finding['state'], words: RegExp][] = [
  ['a browser and a screen', judgeBrowser({ found: ['firefox'], screen: true }), 'ok', /^firefox$/],
  ['no browser', judgeBrowser({ found: [], screen: true }), 'failure', /→ Install Chrome/],
  ['no screen', judgeBrowser({ found: ['firefox'], screen: false }), 'warning', /no screen/],
  ['a deck with an error', judgeDeck({ errors: 1, size: '2 slides' }), 'failure', /1 of its/],
  [
    'a deck that is not there',
    judgeDeck({ mistake: 'x.md does not exist. There are a.md, b.md.' }),
    'failure',
    /^x\.md does not exist → There are a\.md, b\.md\.$/,
  ],
  [
    'no kind, where the demo runs already',
    judgeTools({
      tools: [
        { name: 'Docker', version: '29' },
        { name: 'kind', trouble: 'The demo needs kind, and there is none: https://kind' },
        { name: 'flux', trouble: 'flux is version 2.8.1. Get one: https://flux' },
      ],
      demo: true,
    }),
    'warning',
    /^The demo needs kind, and there is none; also: flux → https:\/\/kind$/,
  ],
  [
    'no Docker, where there is a demo',
    judgeTools({ tools: [{ name: 'Docker', trouble: 'No Docker. Get it.' }], demo: true }),
    'failure',
    /^No Docker → Get it\.$/,
  ],
  ['an unfinished demo', judgeCluster({ cluster: 'unfinished' }), 'warning', /→ fluxdeck demo up$/],
  ['a slow cluster', greeted({ status: 200, milliseconds: 900 }), 'warning', /in 900 ms → It is/],
  ['a cluster that starts', greeted({ status: 500, milliseconds: 9 }), 'failure', /HTTP 500/],
  ['a stranger’s login', greeted({ status: 401, milliseconds: 9 }, 'named'), 'failure', /Log in/],
  [
    'a controller that does not run',
    judgeFlux({
      controllers: [{ name: 'source-controller', version: 'v1', ready: false }],
      kinds: true,
      wanted: ['source-controller'],
      demo: false,
    }),
    'failure',
    /^source-controller does not run → See why: kubectl/,
  ],
  [
    'a demo without one of its controllers',
    judgeFlux({
      controllers: [{ name: 'source-controller', version: 'v1', ready: true }],
      kinds: true,
      wanted: ['source-controller', 'kustomize-controller'],
      demo: true,
    }),
    'failure',
    /^kustomize-controller is not installed → fluxdeck demo up$/,
  ],
  [
    'a cluster without Flux',
    judgeFlux({ controllers: [], kinds: false, wanted: [], demo: false }),
    'failure',
    /^Flux is not installed → flux check/,
  ],
  [
    'Flux installed in a way of its own',
    judgeFlux({ controllers: [], kinds: true, wanted: [], demo: false }),
    'warning',
    /knows its kinds/,
  ],
  [
    'nothing to be seen',
    judgePermissions({ ...seen, kinds: 1, unseen: ['Bucket'] }),
    'failure',
    /viewer\.yaml/,
  ],
  ['a kind not to be seen', judgePermissions({ ...seen, unseen: ['Bucket'] }), 'warning', /^Buck/],
  [
    'one namespace only',
    judgePermissions({ ...seen, narrow: ['Bucket'] }),
    'warning',
    /one namespace/,
  ],
  [
    'scenes that are forbidden',
    judgePermissions({ ...seen, forbidden: ['delete deployments'] }),
    'failure',
    /^scenes may not delete deployments → /,
  ],
  [
    'another program where the Git host should be',
    judgeGitHost({ host: 'ours', address: '172.18.0.1:4380', answer: 'another', open: false }),
    'failure',
    /finds another program/,
  ],
  [
    'a network that changed while the talk was open',
    judgeGitHost({ host: 'ours', address: '172.18.0.1:4380', answer: 'nobody', open: true }),
    'failure',
    /→ Start the talk again/,
  ],
  [
    'no network of Docker’s',
    judgeGitHost({
      host: 'unopened',
      why: 'There is no network kind. `fluxdeck demo up` makes it.',
    }),
    'failure',
    /^There is no network kind → `fluxdeck demo up` makes it\.$/,
  ],
  [
    'a foreign source that can’t be fetched',
    judgeGitHost({
      host: 'foreign',
      sources: [
        { name: 'a', ready: true, reason: 'Succeeded' },
        { name: 'b', ready: false, reason: 'GitOperationFailed' },
      ],
    }),
    'warning',
    /^1 of 2 GitRepositories are not ready \(b: GitOperationFailed\)/,
  ],
  [
    'no notification-controller',
    judgeWebhook({ ...open, status: 503, words: 'notification-controller is not running' }),
    'failure',
    /^notification-controller is not running → /,
  ],
  [
    'a Receiver that accepts a forged signature',
    judgeWebhook({ ...open, status: 200, words: 'accepted by the Receiver' }),
    'failure',
    /accepted a forged/,
  ],
  ['a secret that is not told', judgeWebhook({ ...open, secret: 'unread' }), 'warning', /compared/],
  [
    'a way around the API server',
    judgeWebhook({ ...open, way: 'port-forward' }),
    'ok',
    /kubectl port-forward/,
  ],
  [
    'an image that is not saved',
    judgeImages({ images: ['r/a:1', 'r/b:1'], missing: [], unsaved: ['r/b:1@sha256:0'] }),
    'warning',
    /^all 2 are on the node, but b:1 is not saved/,
  ],
  [
    'a demo that was used a lot',
    judgeDemo({ state: 'used', why: ['a is gone', 'b is 5', 'c', 'd'] }),
    'failure',
    /^used: a is gone; b is 5 and 2 more → fluxdeck demo reset$/,
  ],
  [
    'runs of several origins',
    judgeFallback(
      [
        { scene: 'push', run: { whose: 'own', started: '2026-11-20T11:00:00Z' } },
        { scene: 'drift', run: { whose: 'own', started: '2026-11-20T11:00:00Z' } },
        { scene: 'poll', run: { whose: 'shipped', started: '2026-11-22T11:58:00Z' } },
      ],
      NOW,
    ),
    'ok',
    /^push, drift \(your own run, 2 days ago\); poll \(shipped, 2 min ago\)$/,
  ],
  [
    'a scene without a run',
    judgeFallback([{ scene: 'scale' }], NOW),
    'failure',
    /no recorded run of scale → /,
  ],
  ['a full disk', judgeDisk(2e8), 'failure', /^only 0\.2 GB/],
  ['a disk that fills', judgeDisk(2e9), 'warning', /^only 2\.0 GB/],
  ['a clock that is ahead', judgeClock(12.4), 'warning', /12 s ahead of this/],
  ['a clock that is behind', judgeClock(-12.4), 'warning', /12 s behind this/],
  ['a clock that is about right', judgeClock(-3), 'ok', /agree/],
  [
    'a taken port of the talk',
    judgePorts({ talk: { ...free, held: 'taken' } }),
    'warning',
    /^another program has port 4321: the talk takes the next free one/,
  ],
  [
    'ports of ours',
    judgePorts({ talk: { ...free, held: 'ours' }, git: { number: 4380, held: 'ours' } }),
    'ok',
    /^4321 for the talk is held by the talk that is open, 4380 for Git is held by the talk that is open$/,
  ],
  ['a low battery', judgePower({ battery: true, percent: 12 }), 'warning', /12 % → Plug it in/],
  ['a full battery', judgePower({ battery: true, percent: 90 }), 'ok', /^on battery, 90 %$/],
  [
    'a machine that sleeps soon',
    judgeRest({ sleep: 15, screen: 5, awake: false }, 'darwin'),
    'warning',
    /sleeps after 15 min, the screen goes dark after 5 min → caffeinate/,
  ],
  ['a machine that is kept awake', judgeRest({ sleep: 1, awake: true }, 'darwin'), 'ok', /awake/],
  ['a machine that never sleeps', judgeRest({ sleep: 0, awake: false }, 'linux'), 'ok', /neither/],
];

for (const [sentence, { state, words, cure }, wanted, pattern] of judged) {
  test(`${sentence}: ${wanted}`, () => {
    assert.equal(state, wanted);
    assert.match(cure === undefined ? words : `${words} → ${cure}`, pattern);
    if (state === 'failure') assert.ok(cure, 'a failure has its cure beside it');
  });
}

test('a proxy’s address is never told; this machine has to be left out of it', () => {
  const HTTPS_PROXY = 'http://me:password@proxy:3128';
  const caught = judgeProxy({ HTTPS_PROXY, NO_PROXY: 'example.com' });
  assert.equal(caught.state, 'warning');
  assert.doesNotMatch(JSON.stringify(caught), /password|3128/);
  const all = 'example.com,127.0.0.1,localhost';
  assert.equal(caught.cure, `export NO_PROXY=${all} no_proxy=${all}`);
  for (const no_proxy of ['*', 'localhost, 127.0.0.1', 'localhost,127.0.0.0/8']) {
    assert.equal(judgeProxy({ https_proxy: HTTPS_PROXY, no_proxy }).state, 'ok', no_proxy);
  }
  assert.equal(judgeProxy({ HTTPS_PROXY: '' }).state, 'ok');
});

test('browsers are found where each system keeps them', async () => {
  const env = { PATH: `/nowhere:${programs({ firefox: '', ls: '' })}`, DISPLAY: ':0' };
  assert.deepEqual(await findBrowsers('linux', env), { found: ['firefox'], screen: true });
  const bare = await findBrowsers('linux', { PATH: '/nowhere', DISPLAY: '' });
  assert.deepEqual(bare, { found: [], screen: false });
  const inside = await findBrowsers('linux', { PATH: '', WSL_DISTRO_NAME: 'Debian' });
  assert.deepEqual(inside, { found: ['Windows'], screen: true });
});

test('the battery of the machine counts, not that of its mouse', async () => {
  const mouse = { type: 'Battery', status: 'Discharging', capacity: '5', scope: 'Device' };
  const own = { type: 'Battery', status: 'Charging', capacity: '80', scope: '' };
  const mains = { type: 'Mains', status: '', capacity: '', scope: '' };
  assert.deepEqual(powerOf([mouse, mains, own]), { battery: false, percent: 80 });
  assert.equal(powerOf([mouse, mains]), undefined);
  const folder = folderWith({
    'BAT0/type': 'Battery\n',
    'BAT0/status': 'Discharging\n',
    'BAT0/capacity': '41\n',
  });
  assert.deepEqual(await readPower('linux', nobody, folder), { battery: true, percent: 41 });
  const said = `Now drawing from 'Battery Power'
 -InternalBattery-0 (id=123)	57%; discharging; 4:10 remaining present: true`;
  assert.deepEqual(parsePmset(said), { battery: true, percent: 57 });
  assert.equal(await readPower('win32', nobody), undefined);
});

test('GNOME and macOS tell when they sleep, and who keeps them from it', () => {
  assert.deepEqual(restOf("'suspend'\n", '900\n', 'uint32 300\n', ''), {
    sleep: 15,
    screen: 5,
    awake: false,
  });
  const held = 'me 1000 me 42 gnome-session sleep:idle Presenting block\n';
  assert.deepEqual(restOf("'nothing'\n", '900\n', 'uint32 0\n', held), {
    sleep: 0,
    screen: 0,
    awake: true,
  });
  assert.equal(restOf('', '', '', ''), undefined);
  const pmset =
    ' sleep                1 (sleep prevented by caffeinate)\n displaysleep         10\n';
  assert.deepEqual(parseRest(pmset), { sleep: 1, screen: 10, awake: true });
});

test('the clock is compared with the stamp on an answer that nobody keeps', async () => {
  const stamp = (text: string) => () =>
    Promise.resolve({
      status: 201,
      body: JSON.stringify({ metadata: { creationTimestamp: text } }),
    });
  assert.equal(await clockAhead(stamp('2026-11-22T12:00:30Z'), () => NOW), 30.5);
  const refused = () => Promise.resolve({ status: 403, body: 'no' });
  assert.equal(await clockAhead(refused, () => NOW), undefined);
  assert.equal(judgeClock(undefined).state, 'skipped');
});

test('a kind that is forbidden everywhere is asked for in our own namespace', async () => {
  const asked: string[] = [];
  const ask = ({ body = '' }: { body?: string }) => {
    asked.push(body);
    const allowed = body.includes('"namespace":"mine"') && body.includes('buckets');
    return Promise.resolve({ status: 201, body: JSON.stringify({ status: { allowed } }) });
  };
  const kinds = ['Bucket', 'HelmChart'].map((kind) => {
    return { kind, group: 'source.toolkit.fluxcd.io', plural: `${kind.toLowerCase()}s` };
  });
  const facts = await readPermissions(ask, kinds, [], 'mine');
  assert.deepEqual(facts, { unseen: ['HelmChart'], narrow: ['Bucket'], kinds: 2, forbidden: [] });
  assert.equal(asked.length, 8);
});

test('who answers the node is told by a header', () => {
  const answer = 'HTTP/1.1 404 Not Found\r\nfluxdeck-git-host: abc\r\n\r\n';
  assert.equal(answerIn(answer, 'Fluxdeck-Git-Host', 'abc'), 'it');
  assert.equal(answerIn(answer, 'Fluxdeck-Git-Host', 'xyz'), 'another');
  assert.equal(answerIn('', 'Fluxdeck-Git-Host', 'abc'), 'nobody');
});

test('images are those of the workloads, each once', () => {
  const pod = (image: string) => ({ template: { spec: { containers: [{ image }] } } });
  assert.deepEqual(imagesIn({ a: pod('x:1'), b: pod('y:1'), c: pod('x:1'), d: { url: '' } }), [
    'x:1',
    'y:1',
  ]);
});

test('free space is that of the folder, or of where it would be made', async () => {
  const folder = folderWith();
  const [there, missing] = await Promise.all([freeBytes(folder), freeBytes(`${folder}/a/b`)]);
  assert.ok(there !== undefined && there > 0);
  assert.ok(missing !== undefined && missing > 0);
});

test('a mistake’s first sentence tells it, the rest is the cure', () => {
  const tales: [string, { words: string; cure?: string }][] = [
    ['Docker is silent. Start it.', { words: 'Docker is silent', cure: 'Start it.' }],
    [
      'No kind: https://kind.sigs.k8s.io/x',
      { words: 'No kind', cure: 'https://kind.sigs.k8s.io/x' },
    ],
    [
      'flux is 2.8.1; tried with 2.9, any 2.9.x. Get it.',
      {
        words: 'flux is 2.8.1; tried with 2.9, any 2.9.x',
        cure: 'Get it.',
      },
    ],
    ['It took too long.', { words: 'It took too long' }],
    ['x.md is gone', { words: 'x.md is gone' }],
  ];
  for (const [message, tale] of tales) assert.deepEqual(taleOf(message), tale);
});
