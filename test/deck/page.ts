import type { Page } from '@playwright/test';

/** Every view of the user's deck, as an address: 11 slides, 22 views. */
export const STEPS = [0, 0, 2, 1, 3, 0, 0, 1, 0, 2, 2];
export const VIEWS = STEPS.flatMap((steps, slide) =>
  Array.from({ length: steps + 1 }, (_, step) => ({ slide, step })),
);

/** What shows, read from the page itself. */
export interface Showing {
  slide: number;
  title: string;
  /** Text of the visible list items and paragraphs of the body. */
  visible: string[];
}

export async function ready(page: Page): Promise<void> {
  await page.waitForSelector('.reveal.ready');
}

export async function showing(page: Page): Promise<Showing> {
  return page.evaluate(() => {
    const section = document.querySelector('.slides > section.present');
    const blocks = [...(section?.querySelectorAll<HTMLElement>('.body li, .body p') ?? [])];
    return {
      slide: Number(section?.getAttribute('data-index')),
      title: section?.querySelector('h1, h2')?.textContent ?? '',
      visible: blocks
        .filter((block) => block.checkVisibility({ visibilityProperty: true }))
        .map((block) => block.innerText.trim()),
    };
  });
}
