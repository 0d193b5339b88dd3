import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { ready } from './page.ts';
import { test } from './talk.ts';

const DECK = '# A talk\n\n# One\n\n* first\n* *second*\n';
const LEAF =
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>';

function deckWith(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'fluxdeck-'));
  for (const [name, text] of Object.entries({ 'talk.md': DECK, ...files })) {
    writeFileSync(path.join(folder, name), text);
  }
  return path.join(folder, 'talk.md');
}

const paper = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const announced = (page: Page) => page.locator('.announcer');

test('a key goes through the themes, another through light and dark, for this tab only', async ({
  page,
  context,
  start,
}) => {
  const served = await start(deckWith());
  await page.goto(`${served.presenter}#/1`);
  await ready(page);
  const audience = await context.newPage();
  await audience.goto(`${served.audience}#/1`);
  await ready(audience);

  const own = await paper(page);
  await page.keyboard.press('Shift+T');
  await expect(announced(page)).toHaveText('Theme: rabbit-theme-wwinternalstyle');
  expect(await paper(page)).toBe('rgb(255, 255, 255)');
  await page.keyboard.press('Shift+D');
  await page.keyboard.press('Shift+D');
  await expect(announced(page)).toHaveText('Dark');
  const dark = await paper(page);
  expect(dark).toBe('rgb(16, 19, 26)');
  expect(await paper(audience)).toBe(own);

  await page.reload();
  await ready(page);
  expect(await paper(page)).toBe(dark);
  await page.keyboard.press('Shift+D');
  await page.keyboard.press('Shift+T');
  await page.keyboard.press('Shift+T');
  await expect(announced(page)).toHaveText('Theme: default, the deck’s own');
  expect(await paper(page)).toBe(own);
});

test('the first paint has the chosen look, before the deck’s own script has come', async ({
  page,
  start,
}) => {
  const served = await start(deckWith(), { args: ['--theme', 'high-contrast'] });
  await page.goto(`${served.audience}#/1`);
  await ready(page);
  expect(await paper(page)).toBe('rgb(255, 255, 255)');
  await page.keyboard.press('Shift+D');
  await page.keyboard.press('Shift+D');
  const script = Promise.withResolvers<void>();
  await page.route(/\/app\/index-.*\.js$/, async (route) => {
    await script.promise;
    await route.continue();
  });
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('section').nth(1)).toBeVisible();
  expect(await paper(page)).toBe('rgb(0, 0, 0)');
  script.resolve();
  await ready(page);
});

test('each theme has its own font, and fetches no other’s', async ({ page, start }) => {
  const fonts = async (theme: string) => {
    const served = await start(deckWith(), { args: ['--theme', theme] });
    await page.goto(`${served.audience}#/1`);
    await ready(page);
    await page.evaluate(() => document.fonts.ready);
    const fetched = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    await served.stop();
    const names = fetched.map((name) => /\/app\/(atkinson|montserrat)[^/]*woff2$/.exec(name)?.[1]);
    return new Set(names.filter((name) => name !== undefined));
  };
  expect(await fonts('default')).toEqual(new Set(['atkinson']));
  expect(await fonts('rabbit-theme-wwinternalstyle')).toEqual(new Set(['montserrat']));
});

test('the theme.css beside the deck comes over its theme, and leaves with it', async ({
  page,
  start,
}) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(response.url());
  });
  const css = `@import "https://elsewhere.example/x.css";
:root { --paper: rgb(1 2 3) }
h2 { color: rgb(4 5 6) }
li { background: url(leaf.svg) }
p { background: url(https://elsewhere.example/x.png) }`;
  const deck = deckWith({ 'theme.css': css, 'leaf.svg': LEAF });
  const served = await start(deck);
  const leaf = page.waitForResponse(/leaf\.svg$/);
  await page.goto(`${served.audience}#/1`);
  await ready(page);
  expect(await paper(page)).toBe('rgb(1, 2, 3)');
  await expect(page.locator('section.present h2')).toHaveCSS('color', 'rgb(4, 5, 6)');
  expect((await leaf).status()).toBe(200);

  await page.keyboard.press('Shift+T');
  await page.keyboard.press('Shift+T');
  await expect(announced(page)).toHaveText('Theme: high-contrast');
  expect(await paper(page)).toBe('rgb(255, 255, 255)');
  await page.keyboard.press('Shift+T');
  expect(await paper(page)).toBe('rgb(1, 2, 3)');
  expect(complaints).toEqual([]);
});

test('while the deck is written, a change of theme.css or of the theme shows at once', async ({
  page,
  start,
}) => {
  const deck = deckWith();
  const served = await start(deck, { args: ['--dev'] });
  await page.goto(`${served.audience}#/1`);
  await ready(page);
  writeFileSync(path.join(path.dirname(deck), 'theme.css'), ':root { --paper: rgb(7 8 9) }');
  await expect.poll(() => paper(page)).toBe('rgb(7, 8, 9)');
  writeFileSync(path.join(path.dirname(deck), 'theme.css'), '');
  writeFileSync(deck, DECK.replace('# One', 'theme\n:   high-contrast\n\n# One'));
  await expect.poll(() => paper(page)).toBe('rgb(255, 255, 255)');
});
