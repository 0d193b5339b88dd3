import type { Alive } from './alive.ts';
import { connect } from './connection.ts';
import { createPacedFlow } from './feed/pacedFlow.ts';
import { createLive, type Moment } from './live.ts';
import type { Settings } from './settings.ts';
import { empty } from './shared/reduce.ts';

/** Live events of a server; nothing for a press to play. */
export function followServer(
  window: Window,
  { token, pace }: Settings,
  onDeck: (payload: unknown) => void,
): Alive {
  const shown = createPacedFlow(empty({ state: 'stale', text: 'Not connected yet' }), pace);
  const feed = connect(window, token, {
    reset: ({ flow }) => {
      shown.reset(flow);
      live.refresh();
    },
    events: (at, events) => {
      shown.events(at, events);
      live.refresh();
    },
    scene: () => undefined,
    deck: onDeck,
  });
  const live = createLive(window, momentNow, () => undefined);

  function momentNow(): Moment | undefined {
    const at = feed.now();
    if (at === undefined) return undefined;
    const flow = shown.at(at);
    return {
      flow,
      now: at,
      badge: flow.health.text || flow.health.state,
      hint: '',
      time: shown.waits() ? 'frames' : 'clock',
    };
  }
  return { enter: (slide) => live.enter(slide), playScene: () => undefined };
}
