import type { Browser, Page } from '@playwright/test';

/**
 * A visit of somebody who was never here: empty cache, but a browser that runs and a server that
 * it has spoken to. Ends with what `look` finds.
 * @param cpu how many times slower than this machine
 */
export async function visit<T>(
  browser: Browser,
  { address, cpu }: { address: string; cpu: number },
  look: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  try {
    const page = await context.newPage();
    await page.goto(new URL('identity.json', address).href);
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
    return await look(page);
  } finally {
    await context.close();
  }
}

/** Milliseconds from the start of the navigation to the first contentful paint. */
export function firstPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const paint = list.getEntriesByName('first-contentful-paint')[0];
          if (paint) resolve(paint.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
}
