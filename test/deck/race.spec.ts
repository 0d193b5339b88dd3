import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { ready } from './page.ts';
import { test } from './talk.ts';

const NOON = new Date('2026-11-22T12:00:00');
const SLIDES = ['One', 'Two', 'Three', 'Four', 'Five'].map((title) => `# ${title}\n\nText\n`);

function deckWith(metadata: string, slides = SLIDES): string {
  const deck = path.join(mkdtempSync(path.join(tmpdir(), 'fluxdeck-')), 'talk.md');
  writeFileSync(deck, ['# A talk\n', metadata, ...slides].join('\n'));
  return deck;
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await ready(page);
}

const on = (page: Page, part: string) => page.locator(`section.present .foot ${part}`);
const share = async (page: Page) =>
  Number.parseFloat((await on(page, '.tortoise').getAttribute('x')) ?? 'NaN');

test('the hare is at its slide’s share of the way, of which the title is no part', async ({
  page,
  start,
}) => {
  const served = await start(deckWith(''));
  await open(page, served.audience);
  await expect(on(page, '.way')).toBeHidden();
  const places = [];
  for (let slide = 1; slide <= 5; slide += 1) {
    await page.keyboard.press('Space');
    await expect(page).toHaveURL(new RegExp(`#/${slide}$`));
    await expect(on(page, '.way')).toHaveAccessibleName(`Slide ${slide} of 5`);
    places.push(await on(page, '.hare').getAttribute('x'));
  }
  expect(places).toEqual(['0%', '25%', '50%', '75%', '100%']);
  await expect(on(page, '.tortoise')).toBeHidden();
});

test('the tortoise starts after the title, at the presenter’s, and outlives page and server', async ({
  page,
  context,
  start,
}) => {
  await page.clock.install({ time: NOON });
  const deck = deckWith('allotted-time\n:   2m\n');
  const state = mkdtempSync(path.join(tmpdir(), 'fluxdeck-'));
  const first = await start(deck, { state });
  await open(page, first.presenter);
  await page.clock.fastForward('05:00');
  await page.keyboard.press('Space');
  await page.clock.fastForward(30_000);
  await expect.poll(() => share(page)).toBeGreaterThanOrEqual(25);
  expect(await share(page)).toBeLessThan(35);

  await page.reload();
  await ready(page);
  await expect.poll(() => share(page)).toBeGreaterThanOrEqual(25);

  const { port } = new URL(first.audience);
  await first.stop();
  const second = await start(deck, { state, args: ['--port', port] });
  await page.clock.fastForward(30_000);
  await open(page, second.presenter);
  await page.keyboard.press('Space');
  await expect.poll(() => share(page)).toBeGreaterThanOrEqual(50);

  await page.clock.fastForward('01:20');
  await expect(on(page, '.over')).toContainText(/^\+0:[2-5]\d/);
  expect(await share(page)).toBe(100);

  const audience = await context.newPage();
  await open(audience, `${second.audience}#/2`);
  await expect(on(audience, '.hare')).toBeVisible();
  await expect(on(audience, '.tortoise')).toBeHidden();
});

test('a pause stops the tortoise where it is, and a key brings it back to the start', async ({
  page,
  start,
}) => {
  await page.clock.install({ time: NOON });
  const served = await start(deckWith('allotted-time\n:   100\n'));
  await open(page, `${served.presenter}#/1`);
  const announced = page.locator('.announcer');
  await page.clock.fastForward(20_000);
  await page.keyboard.press('t');
  await expect(announced).toHaveText(/^The clock pauses at 0:2\d\.$/);
  await expect(on(page, '.tortoise')).toHaveAttribute('href', '#tortoise-asleep');
  const paused = await share(page);
  await page.clock.fastForward(60_000);
  await page.reload();
  await ready(page);
  await expect.poll(() => share(page)).toBe(paused);
  await page.keyboard.press('t');
  await expect(announced).toHaveText(/^It goes on at 0:2\d\.$/);
  await page.clock.fastForward(20_000);
  await expect.poll(() => share(page)).toBeGreaterThanOrEqual(paused + 19);
  await page.keyboard.press('Shift+Z');
  await expect(announced).toHaveText(/^The clock is at zero\. It stood at 0:4\d\.$/);
  await expect.poll(() => share(page)).toBeLessThan(5);
});

test('within the hours of the talk the clock is the one on the wall', async ({ page, start }) => {
  await page.clock.install({ time: NOON });
  const hours = 'start-time\n:   2026-11-22 11:50\n\nend-time\n:   2026-11-22 12:10\n';
  const served = await start(deckWith(hours));
  await open(page, `${served.presenter}#/1`);
  await expect.poll(() => share(page)).toBeGreaterThanOrEqual(50);
  expect(await share(page)).toBeLessThan(55);
});

test('nothing runs on paper', async ({ page, start }) => {
  const served = await start(deckWith('allotted-time\n:   2m\n'));
  await open(page, `${served.presenter}#/1`);
  await expect(on(page, '.tortoise')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(on(page, '.tortoise')).toBeHidden();
  await expect(on(page, '.hare')).toBeHidden();
});

const ASIDE = (title: string, kind: string) =>
  `# ${title}\n\nText\n\n## properties\n\n${kind}\n:   true\n`;

test('what is skipped or kept for questions is off the way, and there by a jump', async ({
  page,
  start,
}) => {
  const [one = '', two = ''] = SLIDES;
  const slides = [
    one,
    ASIDE('Left out', 'skip'),
    two,
    ASIDE('Why', 'backup'),
    ASIDE('How', 'backup'),
  ];
  const served = await start(deckWith('', slides));
  await open(page, `${served.audience}#/1`);
  await expect(on(page, '.way')).toHaveAccessibleName('Slide 1 of 2');
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/#\/3$/);
  await expect(on(page, '.way')).toHaveAccessibleName('Slide 2 of 2');
  await page.keyboard.press('Space');
  await page.keyboard.press('End');
  await expect(page).toHaveURL(/#\/3$/);

  await page.keyboard.press('4');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/4$/);
  await expect(on(page, '.way')).toHaveText(/Backup/);
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/#\/5$/);
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/#\/5$/);

  await page.keyboard.press('i');
  await expect(page.getByText('Skipped', { exact: true })).toBeVisible();
  await expect(page.getByText('Backup', { exact: true })).toHaveCount(2);
  await page.locator('section', { hasText: 'Left out' }).click();
  await expect(page).toHaveURL(/#\/2$/);
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/#\/3$/);

  await page.goto(`${served.audience}#/why`);
  await expect(page).toHaveURL(/#\/4$|#\/why$/);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.slides > section').filter({ visible: true })).toHaveCount(3);
});

test('a swipe leaves out what the keys leave out', async ({ browser, start }) => {
  const [one = '', two = ''] = SLIDES;
  const served = await start(deckWith('', [one, ASIDE('Left out', 'skip'), two]));
  const context = await browser.newContext({
    hasTouch: true,
    viewport: { width: 900, height: 500 },
  });
  const page = await context.newPage();
  await open(page, `${served.audience}#/1`);
  const cdp = await context.newCDPSession(page);
  const swipe = async (from: number, to: number) => {
    for (const [type, x] of [
      ['touchStart', from],
      ['touchMove', to],
    ] as const) {
      await cdp.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y: 250 }] });
    }
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  await swipe(700, 200);
  await expect(page).toHaveURL(/#\/3$/);
  await swipe(700, 200);
  await swipe(200, 700);
  await expect(page).toHaveURL(/#\/1$/);
  await context.close();
});
