/**
 * Waits until the page is parsed and, where it is looked at, painted. The slide of the address
 * shows without any script: what the script then does must not hold it up.
 */
export async function firstFrame(window: Window): Promise<void> {
  const { document } = window;
  if (document.readyState === 'loading') {
    await new Promise((resolve) => {
      document.addEventListener('DOMContentLoaded', resolve, { once: true });
    });
  }
  // In a hidden page there are no frames.
  if (document.visibilityState === 'hidden') return;
  await new Promise((resolve) => {
    window.requestAnimationFrame(() => window.setTimeout(resolve));
  });
}
