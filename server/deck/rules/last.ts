/**
 * Whether a text stands at a place or behind it. It is looked for once, from the end, so that asking
 * again and again for what is not there costs nothing.
 */
export function comesLater(state: { src: string }, text: string, from: number): boolean {
  const all = places.get(state) ?? new Map<string, number>();
  places.set(state, all);
  const last = all.get(text) ?? state.src.lastIndexOf(text);
  all.set(text, last);
  return last >= from;
}

const places = new WeakMap<object, Map<string, number>>();
