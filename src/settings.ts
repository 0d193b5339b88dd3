import type { Pace } from './shared/pace.ts';

/** What the page was told: `data-` attributes of its body. */
export interface Settings {
  feed: 'recorded' | 'live';
  /** Address of the recording. */
  recording: string | undefined;
  /** Whether a server of ours is at the other end. */
  socket: boolean;
  /** Scenes play by themselves, with silences shortened: on demand, with nobody on stage. */
  autoplay: boolean;
  /** How fast what happens is shown. */
  pace: Pace;
  /** The presenter's. */
  token: string | undefined;
}

const TOKEN = 'fluxdeck.token';

/** The presenter's token outlives a reload, in this tab only. */
export function readSettings(given: string | undefined): Settings {
  if (given !== undefined) sessionStorage.setItem(TOKEN, given);
  const { feed, recording, socket, autoplay, pace } = document.body.dataset;
  return {
    feed: feed === 'live' ? 'live' : 'recorded',
    recording,
    socket: socket === 'true',
    autoplay: autoplay === 'true',
    pace: pace === 'real' ? 'real' : 'visible',
    token: given ?? sessionStorage.getItem(TOKEN) ?? undefined,
  };
}
