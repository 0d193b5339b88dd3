import type { AskApi } from '../api.ts';
import { at, patchObject, readObject, requestReconcile, textAt } from './apiObject.ts';
import { type GitHost, HOST_HEADER, type OnHappened, openGitHost } from './gitHost.ts';
import { gitUrl, PATHS } from './manifests.ts';
import { createForward } from './portForward.ts';
import { ALONE, findReach, type Reach } from './reach.ts';
import { type CommitOptions, commitFiles, readFileOf } from './repository.ts';
import { run } from './run.ts';
import { type Demo, places } from './state.ts';
import { createWebhooks, type Delivery } from './webhook.ts';

/** The demo's Git host at work: pushes are told, and announced to Flux. */
export interface RunningDemo {
  demo: Demo;
  /** Undefined when another process of ours (`fluxdeck start`) holds it: pushes go there. */
  gitHost: GitHost | undefined;
  /** How the cluster reaches it. */
  reach: Reach;
  /** The last webhooks that this process delivered or tried to, oldest first. */
  deliveries: () => readonly Delivery[];
  /** A file of `main`; undefined when it is not there. */
  read: (file: string) => Promise<string | undefined>;
  /** Commits files (path → text) onto `main` and pushes them as a speaker would; one at a time. */
  commit: (
    files: Readonly<Record<string, string>>,
    options: CommitOptions,
  ) => Promise<{ revision: string }>;
  close: () => Promise<void>;
}

export interface RunningOptions {
  onHappened: OnHappened;
  onDelivery?: (delivery: Delivery) => void;
  /** How pods reach this machine, where that is known; else Docker is asked. */
  reach?: Reach;
}

/**
 * Opens the demo's Git host, unless another process of ours has it open. Where the cluster reaches
 * it may have changed since: then the GitRepository's URL is mended.
 * @throws a Mistake when the port can't be had
 */
export async function openDemo(
  demo: Demo,
  ask: AskApi,
  { onHappened, onDelivery, reach: known }: RunningOptions,
): Promise<RunningDemo> {
  // Without Docker there is no cluster either, but `git push` still has somebody to push to.
  const reach = known ?? (await findReach(run, process.platform).catch(() => ALONE));
  const { git, kubeconfig } = places(demo.folder);
  const webhooks = createWebhooks({
    ask,
    receiver: { namespace: 'flux-system', name: 'podinfo' },
    secret: demo.hookSecret,
    forward: createForward(kubeconfig, 'flux-system'),
    onHappened,
    ...(onDelivery && { onDelivery }),
  });
  const held = await isHeld(demo);
  const gitHost = held
    ? undefined
    : await openGitHost({
        folder: git,
        addresses: reach.addresses,
        networks: reach.networks,
        port: demo.port,
        pushToken: demo.pushToken,
        id: demo.id,
        onHappened,
        onPushed: (push) => void webhooks.announce(push),
      });
  if (gitHost && reach !== ALONE) await mendSource(demo, ask, reach).catch(() => undefined);

  const queue = { last: Promise.resolve<unknown>(undefined) };
  return {
    demo,
    gitHost,
    reach,
    deliveries: webhooks.log,
    read: (file) => readFileOf(demo, file),
    commit(files, options) {
      const committed = queue.last.then(() => commitFiles(demo, files, options));
      queue.last = committed.catch(() => undefined);
      return committed;
    },
    async close() {
      webhooks.close();
      await gitHost?.close();
    },
  };
}

/** Whether another process of ours has the demo's Git host open. */
export async function isHeld(demo: Demo): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${demo.port}/`, {
      signal: AbortSignal.timeout(2000),
    });
    await answer.body?.cancel();
    return answer.headers.get(HOST_HEADER) === demo.id;
  } catch {
    return false;
  }
}

/**
 * Points the GitRepository to where the Git host is now. While that was away source-controller
 * has been trying ever more seldom: it is asked to look at once.
 */
async function mendSource(demo: Demo, ask: AskApi, reach: Reach): Promise<void> {
  const source = await readObject(ask, PATHS.gitRepository);
  if (!source) return;
  const url = gitUrl(demo, reach);
  if (textAt(source, 'spec', 'url') !== url) {
    await patchObject(ask, PATHS.gitRepository, { spec: { url } });
  }
  if (at(source, 'spec', 'suspend') === true) return;
  await requestReconcile(ask, PATHS.gitRepository, new Date());
}
