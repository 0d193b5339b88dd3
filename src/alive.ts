import { followServer } from './followServer.ts';
import { playRecording } from './playRecording.ts';
import type { Settings } from './settings.ts';

/** The deck's diagrams, and whoever drives them. */
export interface Alive {
  enter(slide: Element, index: number): void;
  /** The presenter's press: the slide's next scene. */
  playScene(): void;
}

/** Brings the diagrams to life. @param onDeck is told of edits of the deck */
export function comeAlive(
  window: Window,
  settings: Settings,
  onDeck: (payload: unknown) => void,
): Alive {
  return settings.feed === 'live'
    ? followServer(window, settings, onDeck)
    : playRecording(window, settings, onDeck);
}
