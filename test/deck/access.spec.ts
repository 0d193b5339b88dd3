import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { type Served, serve } from '../helpers/serve.ts';
import { ready, STEPS } from './page.ts';

let served: Served;
test.beforeAll(async () => {
  served = await serve('slides/flux-basics.md');
});
test.afterAll(() => served.stop());

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no slide has an accessibility fault in the ${colorScheme} scheme`, async ({ browser }) => {
    test.setTimeout(60_000);
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(served.presenter);
    for (const [slide, steps] of STEPS.entries()) {
      await page.goto(`${served.audience}#/${slide}/${steps}`);
      await ready(page);
      const { violations } = await new AxeBuilder({ page }).include('section.present').analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        `slide ${slide}`,
      ).toEqual([]);
    }
    await page.keyboard.press('?');
    const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await context.close();
  });
}

test('everything can be reached by keyboard, and shows where the focus is', async ({ page }) => {
  await page.goto(`${served.presenter}#/7`);
  await ready(page);
  const badge = page.locator('section.present .feed-badge');
  await expect(badge).toContainText('Shift+L: push');
  const nodes = page.locator('section.present .node[role="button"]');
  await expect(nodes).toHaveCount(7);
  for (const node of await nodes.all()) {
    await page.keyboard.press('Tab');
    await expect(node).toBeFocused();
    expect(await node.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
  }
  await page.keyboard.press('Tab');
  await expect(badge).toBeFocused();
  expect(await badge.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
  await page.keyboard.press('Enter');
  await expect(badge).toContainText('· push');
  await expect(page).toHaveURL(/#\/7$/);
});

test('a link is a link: it opens elsewhere and the slide stays', async ({ page, context }) => {
  await context.route('https://opengitops.dev/**', (route) => route.fulfill({ body: 'there' }));
  await page.goto(`${served.audience}#/4`);
  await ready(page);
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'opengitops.dev' }).click(),
  ]);
  expect(opened.url()).toBe('https://opengitops.dev/');
  await expect(page).toHaveURL(/#\/4$/);
});

test('a swipe goes on, and back to the last step', async ({ browser }) => {
  const context = await browser.newContext({
    hasTouch: true,
    viewport: { width: 900, height: 500 },
  });
  const page = await context.newPage();
  await page.goto(`${served.audience}#/4/3`);
  await ready(page);
  const cdp = await context.newCDPSession(page);
  const swipe = async (from: number, to: number) => {
    await cdp.send('Input.dispatchTouchEvent', {
      type: 'touchStart',
      touchPoints: [{ x: from, y: 250 }],
    });
    await cdp.send('Input.dispatchTouchEvent', {
      type: 'touchMove',
      touchPoints: [{ x: to, y: 250 }],
    });
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  await swipe(700, 200);
  await expect(page).toHaveURL(/#\/5$/);
  await swipe(200, 700);
  await expect(page).toHaveURL(/#\/4\/3$/);
  await context.close();
});

test('a diagram keeps to its share of the body, with labels that can be read', async ({ page }) => {
  const shares = new Map([
    [5, 0.6],
    [6, 0.9],
    [7, 0.9],
  ]);
  for (const [slide, share] of shares) {
    await page.goto(`${served.audience}#/${slide}`);
    await ready(page);
    const measured = await page.evaluate(() => {
      const section = document.querySelector('section.present');
      const height = (selector: string) =>
        section?.querySelector(selector)?.getBoundingClientRect().height ?? 0;
      const svg = section?.querySelector<SVGSVGElement>('.diagram > svg');
      const scale = svg?.getScreenCTM()?.a ?? 0;
      const sizes = [...(svg?.querySelectorAll('text') ?? [])].map(
        (text) => Number(text.getAttribute('font-size')) * scale,
      );
      return {
        drawn: height('.diagram > svg'),
        body: height('.body'),
        smallest: Math.min(...sizes),
      };
    });
    expect(measured.drawn).toBeGreaterThan(50);
    expect(measured.drawn).toBeLessThanOrEqual(measured.body * share + 1);
    expect(measured.smallest).toBeGreaterThanOrEqual(14);
  }
});
