import type { Pace } from './shared/pace.ts';
import { type Repertoire, readRuns } from './shared/repertoire.ts';
import type { Show } from './shared/wire.ts';

/** What the page was told: `data-` attributes of its body. */
export interface Settings {
  show: Show;
  /** Address of the recording that ships. */
  recording: string;
  /** Runs of the speaker's own, which scenes that they hold are taken from before it. */
  runs: Repertoire['runs'];
  /** Whether a server of ours is at the other end. */
  socket: boolean;
  /** Scenes play by themselves, with silences shortened: on demand, with nobody on stage. */
  autoplay: boolean;
  /** Whether the server may do scenes in its cluster. */
  performs: boolean;
  /** Whether the talk is being written. */
  dev: boolean;
  /** How fast what happens is shown. */
  pace: Pace;
  /** What tells this talk from others on the same machine. */
  deck: string;
  /** The presenter's. */
  token: string | undefined;
}

const TOKEN = 'fluxdeck.token';

/** The presenter's token outlives a reload, in this tab only. */
export function readSettings(given: string | undefined): Settings {
  if (given !== undefined) sessionStorage.setItem(TOKEN, given);
  const told = document.body.dataset;
  const {
    feed,
    recording = '',
    runs = '',
    socket,
    autoplay,
    performs,
    dev,
    pace,
    deck = '',
  } = told;
  return {
    show: feed === 'live' ? { feed: 'live' } : { feed: 'recorded', recording },
    recording,
    runs: readRuns(runs),
    socket: socket === 'true',
    autoplay: autoplay === 'true',
    performs: performs === 'true',
    dev: dev === 'true',
    pace: pace === 'real' ? 'real' : 'visible',
    deck,
    token: given ?? sessionStorage.getItem(TOKEN) ?? undefined,
  };
}
