import type { Flow, Seconds } from '../shared/flow.ts';
import type { Player, Track } from '../shared/player.ts';

/** What a recording shows at a moment. */
export interface Scenery {
  flow: Flow;
  /** Recorded time: what ages and countdowns count by. */
  now: Seconds;
  /** The scene that plays. */
  playing?: string;
  /** Inside a shortened silence. */
  fast: boolean;
}

/**
 * The scenes of a recording, played as they are asked for. What shows is a function of the slide,
 * the scene, when it began, and the time: entering a slide in the middle of a scene shows it there.
 */
export interface Theatre {
  /** A slide's diagram enters with its scenes: at rest, unless a scene plays. */
  enter(slide: number, scenes: readonly string[]): void;
  /** The slide's next scene; after its last the first again. */
  next(): string | undefined;
  /** How many of the slide's scenes have not been played. */
  left(): number;
  /** @param began by the theatre's clock */
  play(name: string, began: Seconds): void;
  /** Forgets what the slide has played. */
  rewind(): void;
  show(): Scenery | undefined;
}

/** @param clock seconds that only go forward */
export function createTheatre(
  player: Pick<Player, 'scenes' | 'scene'>,
  clock: () => Seconds,
): Theatre {
  const played = new Map<number, number>();
  let slide = 0;
  let scenes: readonly string[] = [];
  let running: { name: string; track: Track; began: Seconds } | undefined;

  /** A track is the scene paced event by event: made once, not for each frame or entrance. */
  const tracks = new Map<string, Track>();
  const trackOf = (name: string): Track | undefined => {
    const track = tracks.get(name) ?? player.scene(name);
    if (track) tracks.set(name, track);
    return track;
  };
  const count = () => played.get(slide) ?? 0;
  const next = () => scenes[count() % Math.max(1, scenes.length)];
  const isOver = () => running !== undefined && clock() - running.began >= running.track.duration;

  return {
    enter(index, names) {
      slide = index;
      scenes = names.filter((name) => player.scenes.some((scene) => scene.name === name));
      if (isOver()) running = undefined;
    },
    next,
    left: () => Math.max(0, scenes.length - count()),
    play(name, began) {
      const track = trackOf(name);
      if (!track || clock() - began >= track.duration) return;
      running = { name, track, began };
      if (name === next()) played.set(slide, count() + 1);
    },
    rewind: () => void played.delete(slide),
    show() {
      if (running) {
        const { name, track, began } = running;
        const elapsed = Math.min(clock() - began, track.duration);
        const { at, fast } = track.timeline.recorded(elapsed);
        const moment = { flow: track.flowAt(at), now: at, fast: fast && !isOver() };
        return isOver() ? moment : { ...moment, playing: name };
      }
      const name = next();
      const track = name === undefined ? undefined : trackOf(name);
      return track && { flow: track.rest, now: track.from, fast: false };
    },
  };
}
