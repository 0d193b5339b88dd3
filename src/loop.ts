import type { Seconds } from './shared/flow.ts';

/**
 * Paints when there is something to paint: at once, frame by frame, or at a later moment.
 * @param paint returns after how many seconds it wants to paint again; 0 is the next frame
 * @returns how to ask for a frame now
 */
export function createLoop(window: Window, paint: () => Seconds | undefined): () => void {
  let frame = 0;
  let timer = 0;

  const request = () => {
    if (frame !== 0) return;
    window.clearTimeout(timer);
    frame = window.requestAnimationFrame(run);
  };
  const run = () => {
    frame = 0;
    const wait = paint();
    if (wait === undefined) return;
    if (wait <= 0) request();
    else timer = window.setTimeout(request, wait * 1000);
  };
  return request;
}
