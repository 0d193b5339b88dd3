import { bindings } from '../../src/shared/binding.ts';
import type { Health } from '../../src/shared/flow.ts';
import { writeRuns } from '../../src/shared/repertoire.ts';
import type { Compiled } from '../deck/compile.ts';
import { PATHS } from '../demo/manifests.ts';
import { type Demo, places } from '../demo/state.ts';
import type { Hub } from '../hub.ts';
import type { Io } from '../io.ts';
import { reasonOf } from '../mistake.ts';
import { type Connected, followByHand, perform } from './clusterScenes.ts';
import { type Feed, type FeedOptions, SHIPPED } from './feed.ts';
import { openHub, type Time } from './hub.ts';
import { createObserver } from './observer.ts';
import { openOwnRuns } from './ownRuns.ts';

/** podinfo shows its page to browsers only. */
const AS_A_BROWSER = { accept: 'text/html', 'user-agent': 'Mozilla/5.0 (fluxdeck)' };

/** @throws {Mistake} when the cluster that was named is in no kubeconfig, or that can't be read */
export async function findCluster(options: FeedOptions): Promise<void> {
  const { openAccess } = await import('../cluster/watch/access.ts');
  await openAccess(accessOf(options));
}

function accessOf({ context, kubeconfig }: FeedOptions) {
  return {
    ...(kubeconfig !== undefined && { files: [kubeconfig] }),
    ...(context !== undefined && { context }),
  };
}

/** A cluster with Flux, live: the demo's, or one that the speaker has named. */
export async function clusterFeed(
  options: FeedOptions,
  demo: Demo | undefined,
  compiled: Compiled,
  time: Time,
  io: Io,
): Promise<Feed> {
  const hub = openHub(
    time,
    { feed: 'live' },
    { state: 'stale', text: 'Connecting to the cluster' },
  );
  const runs = openOwnRuns(SHIPPED, io.err);
  const mayPerform = options.dev === true ? options.scenes === true : true;
  const performs = mayPerform && (demo !== undefined || options.allowScenes === true);
  // Chosen once: what a slide shows of a run stays the same while this one becomes the newest.
  const { runs: own } = await runs.recorded();
  let connected: Connected | undefined;
  let ending: (() => Promise<void>)[] = [];

  return {
    hub,
    stage: {
      hasCluster: true,
      perform: performs
        ? (name) => perform(name, hub, time, connected)
        : refusal(options, demo !== undefined),
      recorded: runs.recorded,
    },
    settings: {
      feed: 'live',
      recording: SHIPPED,
      ...(own && { runs: writeRuns(own) }),
      ...(performs && { performs: 'true' }),
    },
    words: demo ? 'the demo’s cluster' : 'the cluster that you named',
    run: runs.read,
    preview: () => preview(connected),
    async begin() {
      ending.push(await runs.keep(hub, { title: compiled.deck.title, started: time.started }));
      connected = await connect(options, demo, compiled, { hub, time, io });
      const { watch, demo: running } = connected;
      ending.push(async () => {
        watch.stop();
        await running?.close();
      });
    },
    async end() {
      const all = ending.reverse();
      ending = [];
      for (const end of all) await end();
    },
  };
}

function refusal({ dev }: FeedOptions, isDemo: boolean): string {
  return dev === true && isDemo
    ? 'While the talk is being written no scene runs. Start with --scenes to let them.'
    : 'Scenes run in the demo’s cluster only. Start with --allow-scenes to let them run in this one.';
}

/** Loads what knows Kubernetes, and begins to watch. */
async function connect(
  options: FeedOptions,
  demo: Demo | undefined,
  compiled: Compiled,
  { hub, time, io }: { hub: Hub; time: Time; io: Io },
): Promise<Connected> {
  const [{ accessOpener }, { watchCluster }, { KINDS }, { narrowed }] = await Promise.all([
    import('../cluster/watch/access.ts'),
    import('../cluster/watch/cluster.ts'),
    import('../cluster/watch/kinds.ts'),
    import('../cluster/watch/narrow.ts'),
  ]);
  const { namespace } = options;
  const open = accessOpener(demo ? { files: [places(demo.folder).kubeconfig] } : accessOf(options));
  const kinds = options.dev === true ? KINDS : narrowed(KINDS, boundIn(compiled));
  const observe = createObserver({
    hub,
    started: time.started,
    ...(demo?.pristine && { pristine: demo.pristine.revision }),
    onScene: (name) => void followByHand(name, demo !== undefined, hub, time),
    onReset: hub.forgetScenes,
  });
  const watch = watchCluster({
    open,
    kinds: namespace === undefined ? kinds : kinds.map((kind) => ({ ...kind, namespace })),
    clock: time.clock,
    schedule: time.schedule,
    onObservation: observe,
    onHealth: (health) =>
      hub.publish(time.clock(), [{ type: 'health', ...named(health, options) }]),
    log: io.err,
  });
  if (!demo) return { watch };

  const { openDemo } = await import('../demo/running.ts');
  try {
    const running = await openDemo(demo, watch.ask, {
      onHappened: (happened, repository) =>
        observe({ at: time.clock(), type: 'git', happened, repository }),
      onDelivery: ({ delivered, words }) => {
        if (!delivered) io.err(`A webhook was not delivered: ${words}.`);
      },
    });
    return { watch, demo: running };
  } catch (error) {
    // The cluster can be shown all the same.
    io.err(
      `The demo's Git host can't be opened: ${error instanceof Error ? error.message : reasonOf(error)}`,
    );
    return { watch };
  }
}

/** What the nodes of all the deck's diagrams stand for. */
function boundIn({ models }: Compiled) {
  return [...models].flatMap(([block, { nodes }]) =>
    block.kind === 'diagram' ? [...bindings(block.source, nodes).nodes.values()] : [],
  );
}

/** Under the name of the speaker's choice, and no other. */
function named(health: Health, { as }: FeedOptions): Health {
  return as === undefined ? health : { ...health, text: `${health.text} · ${as}` };
}

/** The app's page, through the API server's own way to it. */
async function preview(connected: Connected | undefined): Promise<string | undefined> {
  if (!connected?.demo) return undefined;
  const answer = await connected.watch
    .ask({ method: 'GET', path: PATHS.page, headers: AS_A_BROWSER })
    .catch(() => undefined);
  return answer?.status === 200 ? answer.body : undefined;
}
