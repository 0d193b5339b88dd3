import { recordedOn } from '../../src/shared/player.ts';
import { RECORDING } from '../cache.ts';
import type { Hub } from '../hub.ts';
import type { Io } from '../io.ts';
import type { ShowOptions } from '../show.ts';
import { openHub, type Time } from './hub.ts';

/** What a talk's diagrams show. */
export interface Feed {
  hub: Hub;
  /** What of it decides about scenes and recorded runs. */
  stage: Pick<ShowOptions, 'hasCluster' | 'perform' | 'recorded'>;
  /** Told to the page. */
  settings: Record<string, string>;
  /** After the page can be had: what takes its time. */
  begin: () => Promise<void>;
  end: () => Promise<void>;
}

export interface FeedOptions {
  /** A capture that stands in for a cluster. */
  from?: string;
}

/** The recording that ships, as pages find it. */
const SHIPPED = `./recordings/${RECORDING}`;

export async function openFeed(options: FeedOptions, time: Time, _io: Io): Promise<Feed> {
  if (options.from !== undefined) return capturedFeed(options.from, time);
  return recordedFeed(time);
}

function recordedFeed(time: Time): Feed {
  const show = { feed: 'recorded', recording: SHIPPED } as const;
  return {
    hub: openHub(time, show, { state: 'recorded', text: 'Recorded' }),
    stage: {
      hasCluster: false,
      perform: 'There is no cluster in which a scene could run.',
      recorded: () => Promise.resolve(show),
    },
    settings: { feed: 'recorded', recording: SHIPPED },
    begin: () => Promise.resolve(),
    end: () => Promise.resolve(),
  };
}

async function capturedFeed(file: string, time: Time): Promise<Feed> {
  const { playCapture, readCapture } = await import('./play.ts');
  const capture = await readCapture(file);
  const feed = recordedFeed(time);
  const hub = openHub(time, { feed: 'live' }, recordedOn(capture.header.started));
  let stop = () => {};
  return {
    ...feed,
    hub,
    stage: {
      ...feed.stage,
      hasCluster: true,
      perform: 'A capture plays from its beginning to its end: no scene can run in it.',
    },
    settings: { feed: 'live', recording: SHIPPED },
    begin: () => {
      stop = playCapture(capture, hub, time);
      return Promise.resolve();
    },
    end: () => Promise.resolve(stop()),
  };
}
