import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type Served, serve } from '../helpers/serve.ts';
import { ready } from './page.ts';

let served: Served;
test.beforeAll(async () => {
  served = await serve('slides/flux-basics.md');
});
test.afterAll(() => served.stop());

const current = 'section.present';
const panel = (page: Page) => page.locator('.panel:not([hidden])');
const node = (page: Page, label: string) => page.locator(`${current} [data-label="${label}"]`);

async function open(page: Page, slide: number): Promise<void> {
  await page.goto(`${served.audience}#/${slide}`);
  await ready(page);
  await expect(page.locator(`${current} .node[data-status="ready"]`)).not.toHaveCount(0);
}

async function box(locator: Locator) {
  const found = await locator.boundingBox();
  if (!found) throw new Error('nothing to measure');
  return found;
}

test('Enter on a node opens its detail and moves no slide; Escape gives the focus back', async ({
  page,
}) => {
  await open(page, 6);
  await node(page, 'Kustomization').focus();
  await page.keyboard.press('Enter');
  await expect(panel(page)).toBeFocused();
  await expect(panel(page)).toContainText('Kustomization podinfo');
  await expect(panel(page)).toContainText('“Deploy podinfo” · 3c1dd37');
  await expect(panel(page)).toContainText('Healthy');
  await expect(node(page, 'Kustomization')).toHaveAttribute('data-marked', '');
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
  await expect(node(page, 'Kustomization')).toBeFocused();
  await expect(node(page, 'Kustomization')).not.toHaveAttribute('data-marked', '');
  await expect(page).toHaveURL(/#\/6$/);
  await expect(page.locator('.reveal.overview')).toHaveCount(0);
});

for (const [width, height] of [
  [1280, 720],
  [1024, 768],
] as const) {
  test(`a detail hides no node that it is about, at ${width}×${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    for (const slide of [5, 6, 7]) {
      await open(page, slide);
      for (const each of await page.locator(`${current} .node[role="button"]`).all()) {
        await each.dispatchEvent('click');
        const [one, other] = [await box(panel(page)), await box(each)];
        const isApart = one.x + one.width <= other.x || other.x + other.width <= one.x;
        expect(isApart, `${slide} ${await each.getAttribute('data-label')}`).toBe(true);
        expect(one.x).toBeGreaterThanOrEqual(0);
        expect(one.x + one.width).toBeLessThanOrEqual(width);
        await page.keyboard.press('Escape');
      }
    }
  });
}

test('a key tells of the node that there is most to say of, and again of the next', async ({
  page,
}) => {
  await open(page, 5);
  await page.keyboard.press('d');
  await expect(panel(page).locator('h2')).toHaveText('Kustomization podinfo');
  await expect(page.locator(`${current} [data-marked]`)).toHaveAttribute('data-label', 'Flux');
  await page.getByRole('button', { name: 'GitRepository podinfo' }).click();
  await expect(panel(page).locator('h2')).toHaveText('GitRepository podinfo');
  await page.keyboard.press('d');
  await expect(panel(page).locator('h2')).toHaveText('Deployment podinfo');
  await page.keyboard.press('d');
  await expect(panel(page).locator('h2')).toHaveText('User');
});

test('the detail is that of the moment, and goes with its slide', async ({ page }) => {
  test.setTimeout(60_000);
  await page.goto(`${served.presenter}#/7`);
  await ready(page);
  await expect(page.locator(`${current} .feed-badge`)).toContainText('Shift+L');
  await page.keyboard.press('Shift+L');
  await node(page, 'K8s').dispatchEvent('click');
  await expect(panel(page).locator('.state')).toContainText('progressing for', { timeout: 15_000 });
  await expect(panel(page).locator('.state')).toContainText('ready for', { timeout: 15_000 });
  await expect(panel(page)).toContainText('Flux looks', { timeout: 15_000 });
  const left = panel(page).locator('dt:text-is("Flux looks") + dd');
  const before = await left.textContent();
  await expect(left).not.toHaveText(before ?? '', { timeout: 5000 });
  await page.keyboard.press('PageUp');
  await expect(page).toHaveURL(/#\/6$/);
  await expect(panel(page)).toHaveCount(0);
});

test('a list that goes on fades where it is cut', async ({ page }) => {
  await open(page, 6);
  await page.keyboard.press('e');
  const list = panel(page).locator('.lines');
  const edges = () =>
    list.evaluate((found) =>
      ['data-earlier', 'data-more'].filter((edge) => found.hasAttribute(edge)).join(),
    );
  await expect.poll(edges).toBe('');
  await list.evaluate((found) => {
    found.style.maxHeight = '100px';
  });
  await page.keyboard.type('podinfo');
  await expect.poll(edges).toBe('data-more');
  await page.keyboard.press('PageDown');
  await expect.poll(edges).toBe('data-earlier,data-more');
  for (const _ of Array(9)) await page.keyboard.press('PageDown');
  await expect.poll(edges).toBe('data-earlier');
});

test('everything that happened is listed and filtered; typing moves no slide', async ({ page }) => {
  await open(page, 6);
  await page.keyboard.press('e');
  const lines = panel(page).locator('li');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await expect(lines.last()).toContainText('applied main@3c1dd37');
  await expect(lines.last().locator('time')).toHaveText('0:09.4');
  await expect(lines.last()).toBeInViewport();
  await page.keyboard.type('kustomization applying n');
  await expect(lines).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('PageDown');
  await page.keyboard.type('othing');
  await expect(panel(page)).toContainText('Nothing of that happened.');
  await expect(page).toHaveURL(/#\/6$/);
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/#\/7$/);
});

test('what changed is shown with signs; the app’s own page only when it answers', async ({
  page,
}) => {
  await open(page, 6);
  await page.keyboard.press('w');
  await expect(panel(page).locator('h2')).toHaveText('Deploy podinfo');
  await expect(panel(page).locator('.diff li')).toHaveCount(12);
  await expect(panel(page).locator('.diff .added').first()).toContainText('+');
  await expect(panel(page)).toContainText(/and \d+ more lines/);
  await expect(panel(page).locator('iframe')).toBeHidden();
  await page.keyboard.press('w');
  await expect(panel(page)).toHaveCount(0);

  await page.route('**/preview', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<h1>hello, webinar</h1>' }),
  );
  await page.reload();
  await open(page, 6);
  await page.keyboard.press('w');
  const app = panel(page).locator('iframe');
  await expect(app).toBeVisible();
  await expect(app).toHaveAttribute('sandbox', 'allow-scripts');
  await expect(app.contentFrame().locator('h1')).toHaveText('hello, webinar');
  expect((await box(app)).height).toBeGreaterThan(120);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no panel has an accessibility fault or small print in the ${colorScheme} scheme`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    for (const key of ['d', 'e', 'w']) {
      await open(page, 5);
      await page.keyboard.press(key);
      await expect(panel(page)).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).include('.panels').analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        key,
      ).toEqual([]);
      const smallest = await panel(page).evaluate((element) =>
        Math.min(
          ...[...element.querySelectorAll('*')]
            .filter((each) => each.textContent)
            .map((each) => Number.parseFloat(getComputedStyle(each).fontSize)),
        ),
      );
      expect(smallest, key).toBeGreaterThanOrEqual(19);
    }
    await context.close();
  });
}

test('print has no panel', async ({ page }) => {
  await open(page, 6);
  await page.keyboard.press('w');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.panels')).toBeHidden();
});
