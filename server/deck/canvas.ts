import type { Box } from './deck.ts';

/** What all slides are drawn on, in pixels: 1280 wide, and as high as `size-ratio` says. */
export function canvasOf(metadata: Readonly<Record<string, string>>): Box | undefined {
  const asked = metadata['size-ratio'];
  if (asked === undefined) return USUAL_CANVAS;
  const [, width, height = '1'] =
    /^\s*(\d+(?:\.\d+)?)(?:\s*[:,/x×]\s*(\d+(?:\.\d+)?))?\s*$/i.exec(asked) ?? [];
  const ratio = Number(width) / Number(height);
  return ratio >= 0.5 && ratio <= 4
    ? { width: USUAL_CANVAS.width, height: Math.round(USUAL_CANVAS.width / ratio) }
    : undefined;
}

/** Where it can't be read what is asked for. */
export const USUAL_CANVAS: Box = { width: 1280, height: 720 };
