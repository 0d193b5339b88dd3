import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';
import { ready } from './page.ts';
import { test } from './talk.ts';

const DECK = 'slides/flux-basics.md';
const CAPTURE = 'test/fixtures/runs/webinar.jsonl';
const DIAGRAMS = [5, 6, 7];

const current = 'section.present';
const statuses = (page: Page) =>
  page.locator(`${current} .node`).evaluateAll((nodes) =>
    nodes.flatMap((node) => {
      const status = node.getAttribute('data-status');
      return status ? [`${node.getAttribute('data-label')} ${status}`] : [];
    }),
  );
const badge = (page: Page) => page.locator(`${current} .feed-badge`);
const said = (page: Page) => page.locator(`${current} .said`);

/** A scene lasts as long as it truly did: a push some ten seconds. */
const SCENE = { timeout: 20_000 };

async function openAt(browser: Browser, address: string, slide: number): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${address}#/${slide}`);
  await ready(page);
  await expect(badge(page)).toContainText('Recorded 2026-11-22');
  return page;
}

const each = (pages: readonly Page[], expectation: (page: Page) => Promise<void>) =>
  Promise.all(pages.map(expectation));

test.describe('with no cluster', () => {
  test('a press of the presenter plays a push and a drift on all diagrams of all open pages', async ({
    browser,
    start,
  }) => {
    test.setTimeout(60_000);
    const served = await start(DECK);
    const presenter = await openAt(browser, served.presenter, 7);
    const audience = await Promise.all(
      DIAGRAMS.map((slide) => openAt(browser, served.audience, slide)),
    );
    const pages = [presenter, ...audience];
    await each(pages, async (page) => {
      await expect.poll(() => statuses(page)).toContainEqual(expect.stringMatching(/ ready$/));
      for (const status of await statuses(page)) expect(status).toMatch(/ ready$/);
    });
    await expect(badge(presenter)).toContainText('Shift+L: push');
    await each(audience, (page) => expect(badge(page)).not.toContainText('Shift+L'));

    await audience[0]?.keyboard.press('Shift+L');
    await presenter.keyboard.press('Shift+L');
    await each(pages, (page) => expect(said(page)).toContainText('Say hello to the webinar'));
    await each(pages, (page) =>
      expect(page.locator(`${current} .edge[data-flow]`)).not.toHaveCount(0),
    );

    const late = await openAt(browser, served.audience, 6);
    await expect(badge(late)).toContainText('· push');
    await each([...pages, late], async (page) => {
      await expect
        .poll(() => statuses(page))
        .toContainEqual(expect.stringMatching(/ progressing$/));
      await expect(said(page)).toContainText('applied main@a3deec7, 5.6 s after the push', SCENE);
      await expect
        .poll(async () => (await statuses(page)).filter((status) => !status.endsWith(' ready')))
        .toEqual([]);
    });

    await expect(badge(presenter)).toContainText('Shift+L: drift', SCENE);
    await badge(presenter).click();
    await each(pages, (page) =>
      expect.poll(() => statuses(page)).toContainEqual(expect.stringMatching(/ drifted$/)),
    );
  });

  test('the presenter’s key plays on when the server is gone', async ({ page, start }) => {
    const served = await start(DECK);
    await page.goto(`${served.presenter}#/7`);
    await expect(badge(page)).toContainText('Shift+L: push');
    await served.stop();
    await expect(async () => {
      await page.keyboard.press('Shift+L');
      await expect(said(page)).toContainText('Say hello', { timeout: 1000 });
    }).toPass();
  });

  test('without motion everything shows, and nothing travels', async ({ browser, start }) => {
    const served = await start(DECK);
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${served.presenter}#/7`);
    await expect(badge(page)).toContainText('Shift+L: push');
    await page.keyboard.press('Shift+L');
    await expect(page.locator(`${current} [data-flow]`)).not.toHaveCount(0);
    await expect(page.locator(`${current} circle.dot`)).toHaveCount(0);
    await expect.poll(() => statuses(page), SCENE).toContain('Kustomization progressing');
    await expect(page.locator(`${current} circle.dot`)).toHaveCount(0);
  });
});

test.describe('with a capture in place of a cluster', () => {
  test('a lost server is stale within 5 s, and right again without a reload', async ({
    page,
    start,
  }) => {
    const state = await mkdtemp(path.join(tmpdir(), 'fluxdeck-'));
    const args = ['--from', CAPTURE];
    const first = await start(DECK, { args, state });
    const { port } = new URL(first.audience);
    await page.goto(`${first.audience}#/7`);
    await expect.poll(() => statuses(page), { timeout: 15_000 }).toContain('GitRepository ready');
    await expect(badge(page)).not.toContainText(/\blive\b/i);

    first.process.kill('SIGKILL');
    await once(first.process, 'exit');
    await expect
      .poll(() => badge(page).textContent(), { intervals: [50], timeout: 5000 })
      .toMatch(/lost/i);
    await expect(page.locator(`${current} [data-sign="stale"]`)).not.toHaveCount(0);

    await start(DECK, { args: [...args, '--port', port], state });
    await expect(page.locator(`${current} [data-sign="stale"]`)).toHaveCount(0, {
      timeout: 15_000,
    });
    await expect(badge(page)).toContainText('Recorded 2026-11-22');
  });
});

test.describe('when the cluster is lost', () => {
  test('one key of the presenter goes on from a recorded run on every page, and back', async ({
    browser,
    start,
  }) => {
    const served = await start(DECK, { args: ['--from', CAPTURE] });
    const presenter = await openAt(browser, served.presenter, 7);
    const audience = await openAt(browser, served.audience, 7);
    const pages = [presenter, audience];

    await audience.keyboard.press('Shift+R');
    await expect(badge(presenter)).not.toContainText('Shift+L');
    await presenter.keyboard.press('Shift+R');
    await expect(badge(presenter)).toContainText('Shift+L: push · Shift+R: live again');
    await presenter.keyboard.press('Shift+L');
    await each(pages, (page) => expect(badge(page)).toContainText('· push'));
    await each(pages, (page) => expect(said(page)).toContainText('Say hello to the webinar'));

    await presenter.keyboard.press('Shift+R');
    await each(pages, (page) => expect(badge(page)).not.toContainText('· push'));
    await expect(badge(presenter)).not.toContainText('live again');
  });
});

test('with the server gone, too, one key goes on from a recorded run', async ({ page, start }) => {
  const served = await start(DECK, { args: ['--from', CAPTURE] });
  const arrived = page.waitForResponse(/recordings/);
  await page.goto(`${served.presenter}#/7`);
  await (await arrived).finished();
  await served.stop();
  await expect(badge(page)).toContainText('Shift+R: go on from a recorded run', SCENE);
  await page.keyboard.press('Shift+R');
  await expect(badge(page)).toContainText('Shift+L: push, on this page only');
  await page.keyboard.press('Shift+L');
  await expect(said(page)).toContainText('Say hello to the webinar');
});

test.describe('while writing', () => {
  test('an edit changes its slide in place; a broken diagram costs only its own', async ({
    page,
    start,
  }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'fluxdeck-'));
    const deck = path.join(folder, 'talk.md');
    await copyFile(DECK, deck);
    const text = await readFile(deck, 'utf8');
    const served = await start(deck, { args: ['--dev'] });
    await page.goto(`${served.audience}#/4/2`);
    await ready(page);
    await page.evaluate(() => document.body.setAttribute('data-same-page', 'yes'));

    await writeFile(deck, text.replace('Declarative Configuration', 'Everything declared'));
    await expect(page.locator(`${current} li`).first()).toHaveText('Everything declared');
    await expect(page.locator(`${current} li`).nth(2)).toBeVisible();
    await expect(page.locator(`${current} li`).nth(3)).toBeHidden();

    await writeFile(deck, text.replace('A --> B --> F', 'A --> --> F'));
    await page.keyboard.press('Shift+ArrowRight');
    await expect(page.locator(`${current} .problem`)).toContainText('diagram');
    await page.keyboard.press('Shift+ArrowRight');
    await expect(page.locator(`${current} .diagram .node`)).not.toHaveCount(0);

    await writeFile(deck, text);
    await page.keyboard.press('Shift+ArrowLeft');
    await expect(page.locator(`${current} .diagram .node`)).toHaveCount(4);
    await expect(page.locator('body[data-same-page]')).toHaveCount(1);
  });
});
