import type { AskApi } from '../api.ts';
import { type AccessOptions, accessOpener } from '../cluster/watch/access.ts';
import { KINDS } from '../cluster/watch/kinds.ts';
import { lowLimits } from '../demo/machine.ts';
import type { Run } from '../demo/run.ts';
import { type Demo, demoFolder, places, readDemo } from '../demo/state.ts';
import { demoStatus } from '../demo/status.ts';
import { COMPONENTS } from '../demo/versions.ts';
import { findBrowsers, hasScreen, judgeBrowser } from '../doctor/browser.ts';
import { type Check, check, type Finding, skipped } from '../doctor/check.ts';
import { clockAhead, judgeClock } from '../doctor/clock.ts';
import { answers, type ClusterFacts, greet, judgeCluster } from '../doctor/cluster.ts';
import { judgeDeck } from '../doctor/deck.ts';
import { freeBytes, judgeDisk } from '../doctor/disk.ts';
import { judgeFallback } from '../doctor/fallback.ts';
import { judgeFlux, readFlux } from '../doctor/flux.ts';
import { type GitHostFacts, judgeGitHost, readSources } from '../doctor/gitHost.ts';
import { judgeImages } from '../doctor/images.ts';
import { judgeLimits } from '../doctor/limits.ts';
import { judgePermissions, readPermissions } from '../doctor/permissions.ts';
import { judgePorts } from '../doctor/ports.ts';
import { judgePower, readPower } from '../doctor/power.ts';
import { judgeDemo } from '../doctor/pristine.ts';
import { judgeTools } from '../doctor/programs.ts';
import { judgeProxy } from '../doctor/proxy.ts';
import { judgeRest, readRest } from '../doctor/sleep.ts';
import { judgeWebhook } from '../doctor/webhook.ts';
import { Mistake } from '../mistake.ts';
import { stateDirectory } from '../state.ts';
import { readGitHost, readImages, readTools, readWebhook, SCENE_WISHES } from './demoFacts.ts';
import { readDeck, readFallbacks, readPorts } from './talkFacts.ts';

export interface ExaminationOptions {
  /** A cluster that the speaker has named; else the demo's. */
  context?: string;
  kubeconfig?: string;
}

/** The rim. */
export interface Hands {
  connect: (access: AccessOptions) => AskApi;
  run: Run;
}

/** The cluster that the talk would show, as far as it was met. */
interface Met {
  facts: ClusterFacts;
  demo?: Demo;
  /** Once it has answered. */
  ask?: AskApi;
  namespace?: string;
}

/**
 * All that is looked at before a talk, in the order in which it is to be mended. What is behind a
 * cluster that does not answer is skipped, not blamed.
 */
export function examination(name: string, options: ExaminationOptions, hands: Hands): Check[] {
  const { run } = hands;
  const { platform, env } = process;
  const isNamed = options.context !== undefined || options.kubeconfig !== undefined;
  const demo = isNamed ? Promise.resolve(undefined) : readDemo(demoFolder());
  const met = isNamed ? meetNamed(options, hands) : demo.then((known) => meetDemo(known, hands));
  const deck = readDeck(name);
  const ports = demo.then((known) => readPorts(name, known));

  /** For who has to ask the cluster. */
  function behind<Facts>(
    title: string,
    ask: (ask: AskApi, met: Met) => Promise<Facts>,
    judge: (facts: Facts) => Finding,
  ): Check {
    return check(
      title,
      async () => {
        const known = await met;
        return known.ask && { facts: await ask(known.ask, known) };
      },
      (answer) => (answer ? judge(answer.facts) : skipped('needs the cluster')),
    );
  }

  const ofDemo = [
    behind('webhook', (ask, { demo: its }) => readWebhook(ask, its), judgeWebhook),
    behind('images', (ask, { demo: its }) => readImages(ask, its), judgeImages),
    behind('demo', (ask, { demo: its }) => demoStatus(its, ask), judgeDemo),
  ];
  return [
    check('browser', () => findBrowsers(platform, env), judgeBrowser),
    check('deck', () => deck.then(({ facts }) => facts), judgeDeck),
    ...(isNamed
      ? []
      : [
          check(
            'programs',
            async () => ({ tools: await readTools(run), demo: (await demo) !== undefined }),
            judgeTools,
          ),
          check('limits', () => lowLimits(platform), judgeLimits),
        ]),
    check('cluster', () => met.then(({ facts }) => facts), judgeCluster),
    behind(
      'flux',
      (ask) => readFlux(ask, { wanted: isNamed ? [] : COMPONENTS, demo: !isNamed }),
      judgeFlux,
    ),
    behind(
      'permissions',
      (ask, { namespace }) => readPermissions(ask, KINDS, isNamed ? [] : SCENE_WISHES, namespace),
      judgePermissions,
    ),
    check('ports', () => ports, judgePorts),
    behind(
      'Git host',
      async (ask, { demo: its }): Promise<GitHostFacts> =>
        its
          ? readGitHost(its, (await ports).git, run, platform)
          : { host: 'foreign', sources: await readSources(ask) },
      judgeGitHost,
    ),
    ...(isNamed ? [] : ofDemo),
    check(
      'fallback',
      async () => readFallbacks((await deck).scenes, 'greeting' in (await met).facts),
      (scenes) => judgeFallback(scenes, Date.now()),
    ),
    check('disk', () => freeBytes(stateDirectory()), judgeDisk),
    behind('clock', (ask) => clockAhead(ask, Date.now), judgeClock),
    check('proxy', () => Promise.resolve(env), judgeProxy),
    check('power', () => readPower(platform, run), judgePower),
    check(
      'sleep',
      () => readRest(platform, run, hasScreen(env)),
      (rest) => judgeRest(rest, platform),
    ),
  ];
}

async function meetDemo(demo: Demo | undefined, { connect }: Hands): Promise<Met> {
  if (!demo) return { facts: { cluster: 'none' } };
  if (!demo.made) return { facts: { cluster: 'unfinished' }, demo };
  const access = { files: [places(demo.folder).kubeconfig] };
  const { facts, ...met } = await meet('demo', access, connect);
  return { facts: { ...facts, node: `${demo.cluster}-control-plane` }, demo, ...met };
}

function meetNamed({ context, kubeconfig }: ExaminationOptions, { connect }: Hands): Promise<Met> {
  const access = {
    ...(context !== undefined && { context }),
    ...(kubeconfig !== undefined && { files: [kubeconfig] }),
  };
  return meet('named', access, connect);
}

type Asked = Extract<ClusterFacts, { greeting: unknown }>;

async function meet(
  cluster: Asked['cluster'],
  access: AccessOptions,
  connect: Hands['connect'],
): Promise<Pick<Met, 'ask' | 'namespace'> & { facts: Asked }> {
  try {
    // What is wrong with a kubeconfig is told, and not as a cluster that does not answer.
    const { namespace } = await accessOpener(access)();
    const ask = connect(access);
    const facts = { cluster, greeting: await greet(ask, () => performance.now()) };
    if (!answers(facts)) return { facts };
    return { facts, ask, ...(namespace !== undefined && { namespace }) };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { facts: { cluster, greeting: { silent: true, mistake: error.message } } };
  }
}
