import type { FlowEvent, Seconds } from '../src/shared/flow.ts';
import type { Show, Up } from '../src/shared/wire.ts';
import type { Hub } from './hub.ts';

/** A scene that is done in a cluster: refused with a reason, or under way until it has ended. */
export type Performance =
  | { refused: string }
  | { done: Promise<{ seconds: Seconds } | { failed: string }> };

export interface ShowOptions {
  hub: Hub;
  clock: () => Seconds;
  schedule: (after: Seconds, run: () => void) => () => void;
  /** Does a scene in the cluster; or why none may be done here. */
  perform: ((name: string) => Promise<Performance>) | string;
  /** What pages play when they don't show the cluster. */
  recorded: () => Promise<Extract<Show, { feed: 'recorded' }>>;
  /** Whether there is a cluster to show. */
  hasCluster: boolean;
  /** Change to a recorded run, and back, without being asked. */
  auto: boolean;
}

/** What a presenter may ask for, and what is done about it. */
export interface ShowControl {
  /** @param tell says to who asks why it is not done */
  ask: (wish: Exclude<Up, { type: 'take' }>, tell: (words: string) => void) => void;
  stop: () => void;
}

/** How long the cluster must be lost, or back, before the show changes by itself. */
const PATIENCE: Seconds = 10;

/** Decides what is on stage: the cluster or a recorded run, and which scene. */
export function createShow(options: ShowOptions): ShowControl {
  const { hub, clock, schedule, perform, recorded } = options;
  let underWay: string | undefined;
  let cancelChange = () => {};
  const leave = options.auto && options.hasCluster ? hub.listen(heed) : () => {};

  return {
    ask(wish, tell) {
      switch (wish.type) {
        case 'scene':
          void scene(wish, tell).catch((error: unknown) => tell(wordsOf(error)));
          return;
        case 'show':
          if (wish.feed === 'recorded')
            void fallBack().catch((error: unknown) => tell(wordsOf(error)));
          else if (options.hasCluster) hub.show({ feed: 'live' });
          else tell('There is no cluster to show: what shows is a recorded run.');
          return;
        case 'position':
          return;
        default:
          wish satisfies never;
      }
    },
    stop: () => {
      leave();
      cancelChange();
    },
  };

  async function scene(wish: Extract<Up, { type: 'scene' }>, tell: (words: string) => void) {
    const { name, slide, by } = wish;
    const about = { name, ...(slide !== undefined && { slide }) };
    // Who types it in a terminal means it each time; a slide's scene runs once.
    const hasRun =
      slide !== undefined && hub.played().some((one) => one.name === name && one.slide === slide);
    if (by === 'step' && hasRun) return;
    if (hub.showing().feed === 'recorded') {
      hub.tellScene({ ...about, began: clock() });
      return;
    }
    if (typeof perform === 'string') return tell(perform);
    if (underWay !== undefined) return tell(`“${underWay}” is still under way.`);
    if (hasRun) {
      return tell(
        `This slide’s “${name}” has run already. “fluxdeck demo reset” lets it run again.`,
      );
    }
    underWay = name;
    try {
      const began = clock();
      const performance = await perform(name);
      if ('refused' in performance) return tell(performance.refused);
      hub.tellScene({ ...about, began });
      const result = await performance.done;
      if ('failed' in result) tell(result.failed);
      if (isOnStage(name, began)) hub.tellScene({ ...about, began, ended: clock() });
    } finally {
      underWay = undefined;
    }
  }

  function isOnStage(name: string, began: Seconds): boolean {
    const running = hub.scene();
    return running?.name === name && running.began === began;
  }

  /** The talk goes on from a recorded run, at the scene that was under way. */
  async function fallBack(): Promise<void> {
    if (hub.showing().feed === 'recorded') return;
    const next = await recorded();
    const running = hub.scene();
    hub.show(next);
    if (!running || running.ended !== undefined) return;
    const { ended: _, ...scene } = running;
    hub.tellScene({ ...scene, began: clock() });
  }

  /** Without a recorded run the picture stays, stale; the presenter's key tries again, and tells. */
  function fallBackUnasked(): void {
    fallBack().catch(() => undefined);
  }

  function heed(_: Seconds, events: readonly FlowEvent[]): void {
    const health = events.findLast((event) => event.type === 'health');
    if (health?.type !== 'health') return;
    cancelChange();
    const isLost = health.state === 'stale' && health.kinds === undefined;
    const feed = hub.showing().feed;
    if (isLost && feed === 'live') cancelChange = schedule(PATIENCE, fallBackUnasked);
    if (!isLost && feed === 'recorded') {
      cancelChange = schedule(PATIENCE, () => hub.show({ feed: 'live' }));
    }
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
