import { expect, test } from '@playwright/test';
import { type Served, serve } from '../helpers/serve.ts';
import { ready, showing, VIEWS } from './page.ts';

let served: Served;
test.beforeAll(async () => {
  served = await serve('slides/flux-basics.md');
});
test.afterAll(() => served.stop());

const SIZES = [
  { width: 1024, height: 768 },
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
  { width: 3840, height: 2160 },
];

for (const size of SIZES) {
  test(`nothing is clipped and nothing overlaps at ${size.width}×${size.height}`, async ({
    page,
  }) => {
    await page.setViewportSize(size);
    await page.goto(served.audience);
    await ready(page);
    for (const { slide, step } of VIEWS) {
      await page.goto(`${served.audience}#/${slide}/${step}`);
      await expect.poll(async () => (await showing(page)).slide).toBe(slide);
      expect(await outside(page), `slide ${slide}, step ${step}`).toEqual([]);
    }
  });
}

/** Names what sticks out of the canvas, of its own box, or into what stands beside it. */
async function outside(page: import('@playwright/test').Page): Promise<string[]> {
  return page.evaluate(() => {
    const canvas = document.querySelector('.reveal .slides')?.getBoundingClientRect();
    const section = document.querySelector('.slides > section.present');
    if (!canvas || !section) return ['no slide'];
    const name = (element: Element) =>
      `${element.localName}.${element.classList.value} “${element.textContent?.trim().slice(0, 30)}”`;
    const slack = canvas.width / 1280;
    const within = (inner: DOMRect, outer: DOMRect) =>
      inner.left >= outer.left - slack &&
      inner.right <= outer.right + slack &&
      inner.top >= outer.top - slack &&
      inner.bottom <= outer.bottom + slack;
    const found: string[] = [];
    const parts = [...section.querySelectorAll('h1, h2, p, li, svg, svg text, footer, .diagram')];
    for (const part of parts) {
      const box = part.getBoundingClientRect();
      if (box.width === 0 || part.closest('.visually-hidden')) continue;
      if (!within(box, canvas)) found.push(`${name(part)} leaves the canvas`);
      if (
        part instanceof HTMLElement &&
        part.scrollWidth > part.clientWidth + 1 &&
        part.clientWidth > 0
      )
        found.push(`${name(part)} is cut`);
    }
    const blocks = [
      ...section.querySelectorAll(':scope > h1, :scope > h2, :scope .body > *, :scope > footer'),
    ]
      .filter((block) => !block.classList.contains('rest'))
      .map((block) => ({ block, box: block.getBoundingClientRect() }))
      .filter(({ box }) => box.height > 0);
    for (const [i, { block, box }] of blocks.entries()) {
      for (const other of blocks.slice(i + 1)) {
        if (block.contains(other.block)) continue;
        const overlap =
          Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left) > slack &&
          Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top) > slack;
        if (overlap) found.push(`${name(block)} overlaps ${name(other.block)}`);
      }
    }
    return found;
  });
}

test('each press of a step key reveals what the author asked for, and nothing moves', async ({
  page,
}) => {
  await page.goto(`${served.audience}#/10`);
  await ready(page);
  const last = ['Weekly Dev Meetings - Public (Zoom)', 'Bug Scrub - TZ-IAmA Flux Maintainer'];
  expect((await showing(page)).visible).toEqual(last);
  const before = await page.locator('section.present li').last().boundingBox();
  await page.keyboard.press('Space');
  await expect
    .poll(async () => (await showing(page)).visible)
    .toEqual(['Flux is Developed in open under CNCF', ...last]);
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await showing(page)).visible).toHaveLength(4);
  expect(await page.locator('section.present li').last().boundingBox()).toEqual(before);
});

test('the keys walk through all 22 views and back, and stay at either end', async ({ page }) => {
  await page.goto(served.audience);
  await ready(page);
  const seen = () => page.evaluate(() => location.hash);
  const forth = [await seen()];
  for (let press = 0; press < 23; press += 1) {
    await page.keyboard.press('PageDown');
    forth.push(await seen());
  }
  expect(forth.slice(21)).toEqual(['#/10/2', '#/10/2', '#/10/2']);
  expect(new Set(forth.slice(1)).size).toBe(21);
  for (let press = 0; press < 23; press += 1) await page.keyboard.press('PageUp');
  expect(await seen()).toBe('#/0');
});

test('reload, back and forward keep the slide and its step', async ({ page }) => {
  await page.goto(`${served.audience}#/4/2`);
  await ready(page);
  expect((await showing(page)).visible).toContain('Pulled into the cluster');
  await page.reload();
  await ready(page);
  expect((await showing(page)).visible).toContain('Pulled into the cluster');
  expect((await showing(page)).visible).not.toContain('Reconciled continuously');
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => new URL(page.url()).hash).toBe('#/5');
  await page.goBack();
  await expect.poll(() => new URL(page.url()).hash).toBe('#/4/2');
  expect((await showing(page)).visible).toContain('Pulled into the cluster');
  await page.goForward();
  await expect.poll(async () => (await showing(page)).slide).toBe(5);
});

test('a slide answers to its id, a number key and the overview', async ({ page }) => {
  await page.goto(`${served.audience}#/what-is-flux-gitops-ga`);
  await ready(page);
  expect((await showing(page)).slide).toBe(7);
  await page.keyboard.press('1');
  await page.keyboard.press('0');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await showing(page)).slide).toBe(10);
  await page.keyboard.press('i');
  await expect(page.locator('.reveal.overview')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page.locator('.reveal.overview')).toHaveCount(0);
  expect((await showing(page)).slide).toBe(9);
  await page.keyboard.press('Escape');
  const third = await page.locator('.slides > section').nth(2).boundingBox();
  if (!third) throw new Error('no third slide');
  await page.mouse.click(third.x + third.width / 2, third.y + third.height / 2);
  await expect(page.locator('.reveal.overview')).toHaveCount(0);
  expect((await showing(page)).slide).toBe(2);
});

test('the help names every key and closes again', async ({ page }) => {
  await page.goto(served.audience);
  await ready(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
  expect((await showing(page)).slide).toBe(0);
});

test('without any script the talk is one page, every step of it shown', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(served.audience);
  await expect(page.locator('.slides > section')).toHaveCount(11);
  for (const heading of await page.locator('.slides :is(h1, h2)').all()) {
    await expect(heading).toBeVisible();
  }
  await expect(page.getByText('Reconciled continuously')).toBeVisible();
  await page.getByText('Join Us').scrollIntoViewIfNeeded();
  await expect(page.getByText('Join Us')).toBeInViewport();
  await context.close();
});

test('the picture of a step does not outlive its slide', async ({ page }) => {
  await page.goto(`${served.audience}#/3/1`);
  await ready(page);
  await page.keyboard.press('Space');
  const late = await page.evaluate(() => {
    const left = document.querySelector('.slides > section.past li.fragment');
    return left
      ?.getAnimations()
      .map((animation) => (animation as CSSTransition).transitionProperty);
  });
  expect(late).toEqual([]);
});

test('no slide breaks the content security policy or asks for anything from elsewhere', async ({
  page,
}) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(served.audience) && !request.url().startsWith('data:'))
      complaints.push(request.url());
  });
  await page.goto(served.audience);
  await ready(page);
  for (let press = 0; press < 22; press += 1) await page.keyboard.press('Space');
  await page.keyboard.press('i');
  await page.keyboard.press('i');
  expect(complaints).toEqual([]);
});
