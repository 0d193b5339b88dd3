import type { Show, Up } from '../../src/shared/wire.ts';
import { demoFolder, readDemo } from '../demo/state.ts';
import type { Io } from '../io.ts';
import { Mistake } from '../mistake.ts';
import { openTalks, present } from './openTalks.ts';
import { listenFor, type SceneListener } from './sceneListener.ts';

/** Where a scene is asked for. */
interface Venue {
  ask: (wish: Up) => void;
  close: () => Promise<void> | void;
}

/**
 * Does a scene in the demo's cluster: through the talk that shows it, else by itself.
 * @returns the exit code
 */
export async function scene(name: string, options: { json?: boolean }, io: Io): Promise<number> {
  const listener = listenFor(name, io.err);
  const venue = (await talkVenue(listener)) ?? (await ownVenue(listener, io));
  try {
    venue.ask({ type: 'scene', name, by: 'key' });
    const outcome = await listener.outcome;
    if (options.json) io.out(JSON.stringify({ scene: name, ...outcome }));
    else if ('seconds' in outcome)
      io.out(`${name} has ended after ${outcome.seconds.toFixed(1)} s.`);
    else io.err(`fluxdeck: ${outcome.failed}`);
    return 'seconds' in outcome ? 0 : 1;
  } finally {
    await venue.close();
  }
}

/** The first talk that shows a cluster, if one is open. */
async function talkVenue({ hear, lost }: SceneListener): Promise<Venue | undefined> {
  for (const talk of await openTalks()) {
    const shown = Promise.withResolvers<Show | undefined>();
    let isChosen = false;
    const venue = present(
      talk,
      (message) => {
        if (message.type === 'reset') shown.resolve(message.show);
        hear(message);
      },
      () => {
        shown.resolve(undefined);
        if (isChosen) lost();
      },
    );
    isChosen = (await shown.promise)?.feed === 'live';
    if (isChosen) return venue;
    venue.close();
  }
  return undefined;
}

async function ownVenue({ hear }: SceneListener, io: Io): Promise<Venue> {
  const demo = await readDemo(demoFolder());
  if (!demo?.made) {
    throw new Mistake(
      'Scenes run in the demo’s cluster only, and there is none. `fluxdeck demo up` makes one.',
    );
  }
  const { openOwnStage } = await import('./sceneHere.ts');
  return openOwnStage(demo, hear, io.err);
}
