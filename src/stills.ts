import type { Load } from './library.ts';
import type { Moment } from './live.ts';
import type { Seconds } from './shared/flow.ts';
import { type SceneLengths, type Still, sceneLengths, tellMoment } from './shared/moment.ts';
import type { Player, Track } from './shared/player.ts';
import { empty } from './shared/reduce.ts';
import { openRepertoire, type Repertoire } from './shared/repertoire.ts';

/** Frozen moments of recorded scenes, as they truly were. The same still is the same picture on every page. */
export interface Stills {
  /** Fetches the recordings, unless they are here. */
  open(): Promise<void>;
  /** What is recorded; nothing before they are here. */
  lengths(): SceneLengths;
  /** Before the recordings are here, a diagram of which nothing is known. */
  moment(still: Still): Omit<Moment, 'hint'>;
}

/** @param load at the true pace, with no silence shortened */
export function createStills(repertoire: Repertoire, load: Load): Stills {
  const tracks = new Map<string, Track | undefined>();
  let player: Pick<Player, 'scenes' | 'scene'> | undefined;
  let problem = '';

  function trackOf(scene: string): Track | undefined {
    if (!tracks.has(scene)) tracks.set(scene, player?.scene(scene));
    return tracks.get(scene);
  }

  return {
    async open() {
      if (player) return;
      const opened = await openRepertoire(repertoire, load);
      if ('problem' in opened) problem = opened.problem;
      else player = opened;
    },
    lengths: () => sceneLengths(player?.scenes ?? []),
    moment({ scene, seconds }) {
      if (!player) return unknown(problem || 'Recorded');
      const track = trackOf(scene);
      if (!track) return unknown(`There is no recording of ${scene}`);
      const now = later(track.from, seconds);
      const flow = track.flowAt(now);
      const badge = `${flow.health.text} · ${tellMoment({ scene, seconds })}`;
      return { flow, now, badge, time: 'frozen' };
    },
  };
}

function unknown(badge: string): Omit<Moment, 'hint'> {
  return { flow: empty({ state: 'recorded', text: badge }), now: 0, badge, time: 'frozen' };
}

/** Recorded times are whole milliseconds: their sum must not miss the event that it names. */
function later(from: Seconds, seconds: Seconds): Seconds {
  return Math.round((from + seconds) * 1000) / 1000;
}
