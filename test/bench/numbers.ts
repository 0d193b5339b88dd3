import type { Locator, Page } from '@playwright/test';

/** When a number was told or seen; in milliseconds of the epoch. */
export interface NumberAt {
  number: number;
  at: number;
}

/** The line of the cluster's node, once it says this number; a page that lags gets its time. */
export async function showing(page: Page, number: number): Promise<Locator> {
  const fact = page.locator('section.present [data-node] .fact', { hasText: `${number} of` });
  await fact.waitFor({ state: 'attached', timeout: 60_000 });
  return fact;
}

/** Runs in the page: notes each number when the frame that first shows it has been painted. */
export function watchNumbers(fact: Element): { seen: NumberAt[] } {
  const seen: NumberAt[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<number>) => {
    seen.push({ number: data, at: performance.timeOrigin + performance.now() });
  };
  new MutationObserver(() => port2.postMessage(Number.parseInt(fact.textContent, 10))).observe(
    fact,
    { childList: true, characterData: true, subtree: true },
  );
  return { seen };
}
