/** Milliseconds after which a browser that tells of no paint is taken to have painted. */
const PATIENCE = 1000;

/**
 * Waits until the page is parsed and, where it is looked at, painted. The slide of the address
 * shows without any script: what the script then fetches and does must not hold it up.
 */
export async function firstPaint(window: Window): Promise<void> {
  const { document } = window;
  if (document.readyState === 'loading') {
    await new Promise((resolve) => {
      document.addEventListener('DOMContentLoaded', resolve, { once: true });
    });
  }
  // A hidden page is not painted.
  if (document.visibilityState === 'hidden') return;
  await new Promise<void>((resolve) => {
    const observer = new PerformanceObserver((paints) => {
      if (paints.getEntriesByName('first-contentful-paint').length === 0) return;
      observer.disconnect();
      resolve();
    });
    observer.observe({ type: 'paint', buffered: true });
    window.setTimeout(resolve, PATIENCE);
  });
}
