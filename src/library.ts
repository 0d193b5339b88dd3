import { loadRecorded } from './feed/recorded.ts';
import { createPlayer, type Player, type PlayerOptions } from './shared/player.ts';

/** How recordings are had by their addresses, at one pace. */
export type Load = (address: string) => Promise<{ player: Player } | { problem: string }>;

/** The recordings of a talk: each is fetched once, whatever paces it is played at. */
export function createLibrary(): (options: PlayerOptions) => Load {
  const recorded = remembered((address) => loadRecorded(address, (url) => fetch(url)));
  return (options) =>
    remembered(async (address) => {
      const loaded = await recorded(address);
      if ('problem' in loaded) return loaded;
      return { player: createPlayer(loaded.recording, options) };
    });
}

/** What was had once is not asked for again. */
function remembered<T extends object>(
  load: (address: string) => Promise<T | { problem: string }>,
): (address: string) => Promise<T | { problem: string }> {
  const known = new Map<string, T>();
  return async (address) => {
    const loaded = known.get(address) ?? (await load(address));
    if (!('problem' in loaded)) known.set(address, loaded);
    return loaded;
  };
}
