import { expect, type Page, test } from '@playwright/test';
import { THEMES } from '../../src/shared/theme.ts';
import { ready } from '../deck/page.ts';
import { type Served, serve } from '../helpers/serve.ts';

/** Half the canvas is enough to see what moved, was cut, or changed its colour. */
const SIZE = { width: 640, height: 360 };
/** Set in fonts of the machine's own: formulas, and what the shipped fonts have no letters for. */
const FOREIGN = ['formulas', 'japanese'];

let served: Served;
test.beforeAll(async () => {
  served = await serve('slides/tour.md', { args: ['--recorded'] });
});
test.afterAll(() => served.stop());
test.use({ viewport: SIZE });
test.setTimeout(300_000);

for (const theme of THEMES) {
  test(`each view of the tour looks as it did, in ${theme}`, async ({ page }) => {
    await open(page, theme);
    for (const { index, id, steps } of await slides(page)) {
      for (let step = 0; step <= steps; step += 1) {
        await compare(page, { index, id, step }, `${theme}/${id}-${step}.png`);
      }
    }
  });

  test(`each slide of the tour looks as it did in the dark, in ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await open(page, theme);
    for (const { index, id, steps } of await slides(page)) {
      await compare(page, { index, id, step: steps }, `${theme}/dark/${id}.png`);
    }
  });
}

async function open(page: Page, theme: string): Promise<void> {
  await page.addInitScript((name) => sessionStorage.setItem('fluxdeck.theme', name), theme);
  await page.goto(served.audience);
  await ready(page);
}

async function slides(page: Page): Promise<{ index: number; id: string; steps: number }[]> {
  return page.locator('.slides > section').evaluateAll((sections) =>
    sections.map((section, index) => ({
      index,
      id: section.getAttribute('data-id') ?? '',
      steps: Number(section.getAttribute('data-steps')),
    })),
  );
}

async function compare(
  page: Page,
  { index, id, step }: { index: number; id: string; step: number },
  picture: string,
): Promise<void> {
  await page.evaluate((hash) => location.replace(hash), `#/${index}/${step}`);
  await page.waitForFunction(
    ([slide, shown]) => {
      const section = document.querySelector('.slides > section.present');
      return (
        section !== null &&
        section.getAttribute('data-id') === slide &&
        section.querySelectorAll('.fragment.visible').length >= Number(shown)
      );
    },
    [id, step > 0 ? 1 : 0],
  );
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  });
  await expect.soft(page).toHaveScreenshot(picture.split('/'), {
    animations: 'disabled',
    mask: [page.locator('section.present :is(video, audio)')],
    maxDiffPixelRatio: FOREIGN.includes(id) ? 0.1 : 0.01,
  });
}
