import type { Position } from './position.ts';

/** `#/6` is slide 6, `#/7/1` its step 1; step 0 is left out. */
export function formatAddress({ slide, step }: Position): string {
  return step === 0 ? `#/${slide}` : `#/${slide}/${step}`;
}

/**
 * The position that an address names, by number or by the slide's id; `undefined` when it names
 * none. It may lie past the end of the deck.
 */
export function parseAddress(hash: string, ids: readonly string[]): Position | undefined {
  const match = /^#\/([^/]+)(?:\/(\d+))?\/?$/.exec(hash);
  if (!match?.[1]) return undefined;
  const step = Number(match[2] ?? 0);
  if (/^\d+$/.test(match[1])) return { slide: Number(match[1]), step };
  const slide = ids.indexOf(decode(match[1]));
  return slide < 0 ? undefined : { slide, step };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
