import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';
import { ready } from './page.ts';
import { test } from './talk.ts';

/** Slide 1 asks for a scene at its step 1; slide 2 for one as it is entered. */
const TALK = `# Talk

# First

\`\`\`mermaid
graph LR
  A[User] --> B[Flux]
\`\`\`

{::wait/}

{::wait/}

## properties

scene
:   push at 1

# Second

\`\`\`mermaid
graph LR
  A[User] --> B[Flux]
\`\`\`

## properties

scene
:   drift at 0
`;

/** A page, and the scenes that it has asked its server for. */
async function open(browser: Browser, address: string): Promise<{ page: Page; asked: string[] }> {
  const page = await (await browser.newContext({ hasTouch: true })).newPage();
  const asked: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const wish: { type: string; name?: string; by?: string } = JSON.parse(String(payload));
      if (wish.type === 'scene') asked.push(`${wish.name} by ${wish.by}`);
    }),
  );
  await page.goto(address);
  await ready(page);
  await expect(page.locator('section.present .feed-badge')).toContainText(/Recorded/);
  return { page, asked };
}

/** One finger over the middle of the slide. */
async function swipe(page: Page, from: number, to: number): Promise<void> {
  const touch = await page.context().newCDPSession(page);
  const point = (x: number) => ({ touchPoints: [{ x, y: 400 }] });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', ...point(from) });
  for (const x of [(from + to) / 2, to]) {
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', ...point(x) });
  }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

const at = (page: Page) => page.evaluate(() => window.location.hash);

test.describe('the scene of a step', () => {
  let deck: string;
  test.beforeAll(async () => {
    deck = path.join(await mkdtemp(path.join(tmpdir(), 'fluxdeck-')), 'talk.md');
    await writeFile(deck, TALK);
  });

  test('is asked for by the presenter’s press forward', async ({ browser, start }) => {
    const served = await start(deck);
    const { page, asked } = await open(browser, `${served.presenter}#/1`);
    await page.keyboard.press('Space');
    await expect.poll(() => asked).toEqual(['push by step']);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => at(page)).toBe('#/1/2');
    expect(asked).toEqual(['push by step']);
  });

  test('and by a press that enters its slide', async ({ browser, start }) => {
    const served = await start(deck);
    const { page, asked } = await open(browser, `${served.presenter}#/1/2`);
    await page.keyboard.press('Space');
    await expect.poll(() => asked).toEqual(['drift by step']);
  });

  test('and by a swipe on, but not by one back', async ({ browser, start }) => {
    const served = await start(deck);
    const { page, asked } = await open(browser, `${served.presenter}#/1/2`);
    await swipe(page, 300, 900);
    await expect.poll(() => at(page)).toBe('#/1/1');
    await swipe(page, 300, 900);
    await expect.poll(() => at(page)).toBe('#/1');
    await swipe(page, 900, 300);
    await expect.poll(() => at(page)).toBe('#/1/1');
    await expect.poll(() => asked).toEqual(['push by step']);
  });

  test('is not asked for by any other way to its position', async ({ browser, start }) => {
    const served = await start(deck);
    const { page, asked } = await open(browser, `${served.presenter}#/1/2`);
    const press = async (key: string, hash: string) => {
      await page.keyboard.press(key);
      await expect.poll(() => at(page)).toBe(hash);
    };
    await press('ArrowLeft', '#/1/1');
    await press('Shift+ArrowRight', '#/2');
    await press('Shift+ArrowLeft', '#/1');
    await press('End', '#/2');
    await page.goBack();
    await expect.poll(() => at(page)).toBe('#/1');
    await page.goForward();
    await expect.poll(() => at(page)).toBe('#/2');
    await page.keyboard.press('1');
    await press('Enter', '#/1');
    await page.evaluate(() => {
      window.location.hash = '#/1/1';
    });
    await page.reload();
    await ready(page);
    expect(await at(page)).toBe('#/1/1');
    await page.keyboard.press('o');
    await press('ArrowRight', '#/2');
    await page.keyboard.press('Enter');
    // What is asked for last comes last: by then all that came before has been sent.
    await page.keyboard.press('Shift+L');
    await expect.poll(() => asked).toEqual(['drift by key']);
  });

  test('is not asked for by the audience', async ({ browser, start }) => {
    const served = await start(deck);
    const { page, asked } = await open(browser, `${served.audience}#/1`);
    await page.keyboard.press('Space');
    await expect.poll(() => at(page)).toBe('#/1/1');
    const presenter = await open(browser, `${served.presenter}#/1`);
    await presenter.page.keyboard.press('Space');
    await expect.poll(() => presenter.asked).toEqual(['push by step']);
    expect(asked).toEqual([]);
  });
});
