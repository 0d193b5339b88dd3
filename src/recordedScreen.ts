import { createTheatre, type Theatre } from './feed/theatre.ts';
import type { Load } from './library.ts';
import type { Screen } from './screen.ts';
import { empty } from './shared/reduce.ts';
import { openRepertoire } from './shared/repertoire.ts';
import type { Played, Show } from './shared/wire.ts';

/** Scenes of recordings that the page plays by itself. */
export interface RecordedScreen extends Screen {
  /** @param began by the page's own clock, in seconds */
  play(name: string, began: number): void;
  /** How many of the slide's scenes have not been played. */
  left(): number;
  /** Forgets what the slide has played. */
  rewind(): void;
  isPlaying(): boolean;
  /** Recordings are here, or can't be had: there is something new to show. */
  ready: Promise<void>;
}

export interface RecordedOptions {
  show: Extract<Show, { feed: 'recorded' }>;
  /** A recording by its address. */
  load: Load;
  clock: () => number;
  /** What had run before: it comes last. */
  played: readonly Played[];
}

export function createRecordedScreen(options: RecordedOptions): RecordedScreen {
  let theatre: Theatre | undefined;
  /** Begun before the recording was here. */
  let awaited: { name: string; began: number } | undefined;
  let entered: { slide: number; scenes: readonly string[] } | undefined;
  let problem = '';

  function isDone(name: string, slide: string | undefined): boolean {
    return options.played.some((one) => one.name === name && one.slide === slide);
  }

  async function load(): Promise<void> {
    const { recording, runs = [] } = options.show;
    const repertoire = await openRepertoire({ recording, runs }, options.load);
    if ('problem' in repertoire) problem = repertoire.problem;
    else theatre = createTheatre(repertoire, options.clock);
    if (entered) theatre?.enter(entered.slide, entered.scenes);
    if (awaited) theatre?.play(awaited.name, awaited.began);
  }

  return {
    ready: load(),
    enter(id, slide, scenes) {
      const first = scenes.filter((name) => !isDone(name, id));
      entered = { slide, scenes: [...first, ...scenes.filter((name) => isDone(name, id))] };
      theatre?.enter(slide, entered.scenes);
    },
    next: () => theatre?.next(),
    left: () => theatre?.left() ?? 0,
    rewind: () => theatre?.rewind(),
    isPlaying: () => theatre?.show()?.playing !== undefined,
    play(name, began) {
      if (theatre) theatre.play(name, began);
      else awaited = { name, began };
    },
    moment() {
      const scenery = theatre?.show();
      if (!scenery) {
        if (!problem) return undefined;
        const flow = empty({ state: 'recorded', text: problem });
        return { flow, now: 0, badge: problem, time: 'frozen' };
      }
      const { flow, now, playing, fast } = scenery;
      const pace = fast ? ' · silence shortened' : '';
      return {
        flow,
        now,
        badge: `${flow.health.text}${playing === undefined ? '' : ` · ${playing}`}${pace}`,
        time: playing === undefined ? 'frozen' : 'frames',
      };
    },
  };
}
