import type { Move } from '../shared/position.ts';

/** What a key can ask for. Digits ask for a jump, and are not in the table. */
export type Wish =
  | Exclude<Move, { type: 'jump' | 'to' }>
  | { type: 'overview' | 'black' | 'white' | 'fullscreen' | 'help' | 'scene' | 'show' | PanelName }
  | { type: 'take' }
  | { type: 'theme' | 'scheme' | 'pause' | 'restart' };

/** What can be opened beside a slide. */
export type PanelName = 'detail' | 'happened' | 'change';

export interface Key {
  /** As `keyName` tells them; Rabbit's keys where the browser leaves them to us. */
  keys: readonly string[];
  wish: Wish;
  help: string;
}

/** Every key of the deck. The help is made from this table, and a test finds collisions. */
export const KEYS: readonly Key[] = [
  {
    keys: ['Space', 'ArrowRight', 'ArrowDown', 'PageDown', 'Enter', 'n', 'j', 'l', 'f'],
    wish: { type: 'next' },
    help: 'Next step, then the next slide',
  },
  {
    keys: ['Shift+Space', 'ArrowLeft', 'ArrowUp', 'PageUp', 'Backspace', 'p', 'b', 'h', 'k'],
    wish: { type: 'previous' },
    help: 'One step back',
  },
  {
    keys: ['Shift+ArrowRight', 'Shift+PageDown'],
    wish: { type: 'next-slide' },
    help: 'Next slide, skipping its steps',
  },
  {
    keys: ['Shift+ArrowLeft', 'Shift+PageUp'],
    wish: { type: 'previous-slide' },
    help: 'Previous slide, from its beginning',
  },
  { keys: ['Home', '<'], wish: { type: 'first' }, help: 'Title slide' },
  { keys: ['End', '>'], wish: { type: 'last' }, help: 'Last slide' },
  {
    keys: ['Shift+L'],
    wish: { type: 'scene' },
    help: 'Play the slide’s next scene (push, drift …)',
  },
  {
    keys: ['Shift+R'],
    wish: { type: 'show' },
    help: 'Go on from a recorded run; the cluster again',
  },
  {
    keys: ['d'],
    wish: { type: 'detail' },
    help: 'Detail of a node, then of the next',
  },
  { keys: ['w'], wish: { type: 'change' }, help: 'What changed: the last commit' },
  { keys: ['e'], wish: { type: 'happened' }, help: 'Everything that happened' },
  { keys: ['Shift+E'], wish: { type: 'take' }, help: 'Show the edit of the deck that waits' },
  { keys: ['i', 'o', 'Escape'], wish: { type: 'overview' }, help: 'Overview of all slides' },
  { keys: ['Shift+B', '.'], wish: { type: 'black' }, help: 'Black screen, and back' },
  { keys: ['Shift+W'], wish: { type: 'white' }, help: 'White screen, and back' },
  { keys: ['Shift+F', 'F10'], wish: { type: 'fullscreen' }, help: 'Full screen' },
  { keys: ['Shift+T'], wish: { type: 'theme' }, help: 'The next theme' },
  { keys: ['Shift+D'], wish: { type: 'scheme' }, help: 'Light, dark, or as the machine has it' },
  { keys: ['t'], wish: { type: 'pause' }, help: 'The clock: pause, and go on' },
  { keys: ['Shift+Z'], wish: { type: 'restart' }, help: 'The clock: from zero again' },
  { keys: ['?'], wish: { type: 'help' }, help: 'This help' },
];

/** A pressed key by the name that the table uses: `n`, `Shift+L`, `?`; `undefined` for others. */
export function keyName(event: {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}): string | undefined {
  if (event.ctrlKey || event.altKey || event.metaKey) return undefined;
  const key = event.key === ' ' ? 'Space' : event.key;
  if (/^[a-z]$/i.test(key))
    return event.shiftKey ? `Shift+${key.toUpperCase()}` : key.toLowerCase();
  // A sign's Shift depends on the keyboard's layout and says nothing.
  return event.shiftKey && key.length > 1 ? `Shift+${key}` : key;
}

/** What the key of this name asks for. */
export function wishOf(name: string): Wish | undefined {
  return KEYS.find(({ keys }) => keys.includes(name))?.wish;
}
