import { expect, test } from '@playwright/test';
import { type Served, serve } from '../helpers/serve.ts';
import { ready } from './page.ts';

let served: Served;
test.beforeAll(async () => {
  served = await serve('slides/flux-basics.md');
});
test.afterAll(() => served.stop());

test('the slide of an address shows while the script is on its way, and no other before it', async ({
  page,
}) => {
  const script = Promise.withResolvers<void>();
  await page.route(/\/app\/index-.*\.js$/, async (route) => {
    await script.promise;
    await route.continue();
  });
  await page.addInitScript(noteFrames);
  await page.goto(`${served.audience}#/7`, { waitUntil: 'commit' });
  const frames = () => page.evaluate(() => performance.getEntriesByType('mark').map((m) => m.name));

  await expect.poll(frames).toEqual(['7']);
  script.resolve();
  await ready(page);
  expect(await frames()).toEqual(['7']);
});

/** Runs in the page: a mark for each change of what shows, by the slides' numbers. */
function noteFrames(): void {
  let last = '';
  const look = () => {
    const shown = [...document.querySelectorAll('.slides > section')].filter((section) =>
      section.checkVisibility({ visibilityProperty: true }),
    );
    const numbers = shown.map((section) => section.getAttribute('data-index')).join();
    if (numbers !== last) performance.mark(numbers);
    last = numbers;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
