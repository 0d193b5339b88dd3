import { recordedOn } from '../../src/shared/player.ts';
import { RECORDING } from '../cache.ts';
import type { Compiled } from '../deck/compile.ts';
import type { Demo } from '../demo/state.ts';
import type { Hub } from '../hub.ts';
import type { Io } from '../io.ts';
import { Mistake } from '../mistake.ts';
import type { ShowOptions } from '../show.ts';
import { openHub, type Time } from './hub.ts';

/** What a talk's diagrams show. */
export interface Feed {
  hub: Hub;
  /** What of it decides about scenes and recorded runs. */
  stage: Pick<ShowOptions, 'hasCluster' | 'perform' | 'recorded'>;
  /** Told to the page. */
  settings: Record<string, string>;
  /** What it is, for the person at the terminal. */
  words: string;
  /** After the page can be had: what takes its time. */
  begin: () => Promise<void>;
  end: () => Promise<void>;
  /** A recorded run of the speaker's own, by the name that the show gave it. */
  run?: (name: string) => string | undefined;
  /** The app's own page, while it answers. */
  preview?: () => Promise<string | undefined>;
}

export interface FeedOptions {
  /** A capture or a recording that stands in for a cluster. */
  from?: string;
  /** The recorded run, whatever cluster there is. */
  recorded?: boolean;
  /** A cluster that the speaker has named. */
  context?: string;
  kubeconfig?: string;
  namespace?: string;
  as?: string;
  /** Scenes may run in a cluster that `demo up` did not make. */
  allowScenes?: boolean;
  /** Scenes may run although the talk is being written. */
  scenes?: boolean;
  dev?: boolean;
}

/** The recording that ships, as pages find it. */
export const SHIPPED = `./recordings/${RECORDING}`;

/** The cluster that was named, else the demo's if it is up, else the recording. */
export async function openFeed(
  options: FeedOptions,
  compiled: Compiled,
  time: Time,
  io: Io,
): Promise<Feed> {
  const asked = namesOf(options);
  if (asked.length > 1) {
    throw new Mistake(`${asked.join(' and ')} exclude each other: name one of them.`, 2);
  }
  if (options.from !== undefined) return filedFeed(options.from, time);
  if (options.recorded === true) return recordedFeed(time, 'a recorded run');
  const named = options.context !== undefined || options.kubeconfig !== undefined;
  const [{ demoIfUp }, { clusterFeed, findCluster }] = await Promise.all([
    import('./demoUp.ts'),
    import('./clusterFeed.ts'),
  ]);
  // A wrong name is told before anybody is given an address.
  if (named) await findCluster(options);
  const demo: Demo | 'down' | undefined = named ? undefined : await demoIfUp();
  if (named || typeof demo === 'object') {
    return clusterFeed(options, typeof demo === 'object' ? demo : undefined, compiled, time, io);
  }
  const why =
    demo === 'down' ? 'a recorded run: the demo’s cluster does not answer' : 'a recorded run';
  return recordedFeed(time, why);
}

function namesOf({ from, recorded, context, kubeconfig }: FeedOptions): string[] {
  return [
    ...(from === undefined ? [] : ['--from']),
    ...(recorded === true ? ['--recorded'] : []),
    ...(context === undefined && kubeconfig === undefined
      ? []
      : [context === undefined ? '--kubeconfig' : '--context']),
  ];
}

function recordedFeed(time: Time, words: string): Feed {
  const show = { feed: 'recorded', recording: SHIPPED } as const;
  return {
    hub: openHub(time, show, { state: 'recorded', text: 'Recorded' }),
    stage: {
      hasCluster: false,
      perform: 'There is no cluster in which a scene could run.',
      recorded: () => Promise.resolve(show),
    },
    settings: { feed: 'recorded', recording: SHIPPED },
    words,
    begin: () => Promise.resolve(),
    end: () => Promise.resolve(),
  };
}

async function filedFeed(file: string, time: Time): Promise<Feed> {
  const { readRun } = await import('./play.ts');
  const run = await readRun(file);
  const feed = recordedFeed(time, `a ${run.what}`);
  const hub = openHub(time, { feed: 'live' }, recordedOn(run.started));
  let stop = () => {};
  return {
    ...feed,
    hub,
    stage: {
      ...feed.stage,
      hasCluster: true,
      perform: `A ${run.what} plays from its beginning to its end: no scene can run in it.`,
    },
    settings: { feed: 'live', recording: SHIPPED },
    begin: () => {
      stop = run.play(hub, time);
      return Promise.resolve();
    },
    end: () => Promise.resolve(stop()),
  };
}
