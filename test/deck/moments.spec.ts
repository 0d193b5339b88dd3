import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, expect, type Page } from '@playwright/test';
import express from 'express';
import { stringifyRecording } from '../../src/shared/recording.ts';
import { recordingOf } from '../helpers/feeds.ts';
import { aPush, on } from '../helpers/story.ts';
import { ready } from './page.ts';
import { test } from './talk.ts';

const CAPTURE = 'test/fixtures/runs/webinar.jsonl';

const TALK = `# Moments

# Words

* One
* {::wait/}Two

# The way of a change

\`\`\`mermaid
flowchart LR
  D[Developer] --> G[Git]
  G --> S[GitRepository]
  S --> K[Kustomization]
  K --> C[Kubernetes]
\`\`\`

{::wait/}

{::wait/}

{::wait/}

## properties

show
:   push+3.2s at 1
:   drift+1s at 3

# At rest

\`\`\`mermaid
flowchart LR
  G[Git] --> F[Flux] --> C[Kubernetes]
\`\`\`
`;

/** A cluster that nobody answers for. */
const UNREACHABLE = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'gone', cluster: { server: 'https://127.0.0.1:9' } }],
  users: [{ name: 'me', user: { token: 'x' } }],
  contexts: [{ name: 'gone', context: { cluster: 'gone', user: 'me' } }],
  'current-context': 'gone',
});

const current = 'section.present';
const badge = (page: Page) => page.locator(`${current} .feed-badge`);
const PUSH = 'push, 3.2\u00A0s after it began';
const DRIFT = 'drift, 1.0\u00A0s after it began';

/** All that the slide's diagram says: signs, second lines, dots and lit edges. */
const picture = (page: Page, section = current) =>
  page.locator(`${section} .diagram > svg`).evaluate((svg) => ({
    nodes: [...svg.querySelectorAll('.node')].map((node) =>
      [node.getAttribute('data-status'), node.querySelector('.fact')?.textContent].join(' '),
    ),
    lit: [...svg.querySelectorAll('.edge[data-flow]')].map((edge) =>
      edge.getAttribute('data-edge'),
    ),
    dots: svg.querySelectorAll('circle.dot').length,
  }));

const AT_PUSH = [
  ' pushed 3 s ago',
  ' “Say hello to…”',
  'ready “Say hello to the…”',
  'progressing applying a3deec7',
  'ready 2 of 2 ready',
];

async function written(text = TALK): Promise<string> {
  const deck = path.join(await mkdtemp(path.join(tmpdir(), 'fluxdeck-')), 'talk.md');
  await writeFile(deck, text);
  return deck;
}

async function openAt(browser: Browser, address: string, place: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${address}#/${place}`);
  await ready(page);
  return page;
}

test('a step shows a frozen moment: the same on every way to it and on every page', async ({
  browser,
  start,
}) => {
  test.setTimeout(60_000);
  const served = await start(await written());
  const page = await openAt(browser, served.presenter, '2');
  await expect(badge(page)).toContainText('Shift+L: push');
  await expect(badge(page)).not.toContainText('after it began');

  await page.keyboard.press('ArrowRight');
  await expect(badge(page)).toHaveText(`Recorded 2026-11-22 · ${PUSH}`);
  const pushed = await picture(page);
  expect(pushed.nodes).toEqual(AT_PUSH);
  const sign = page.locator(`${current} [data-sign="progressing"] .sign`);
  expect(await sign.evaluate((each) => getComputedStyle(each).animationName)).toBe('none');

  await page.keyboard.press('ArrowRight');
  await expect(badge(page)).toContainText(PUSH);
  await page.keyboard.press('ArrowRight');
  await expect(badge(page)).toContainText(DRIFT);
  const drifted = await picture(page);
  expect(drifted.nodes.at(-1)).toMatch(/^drifted/);

  await page.keyboard.press('ArrowLeft');
  await expect(badge(page)).toContainText(PUSH);
  expect(await picture(page)).toEqual(pushed);
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(badge(page)).not.toContainText('after it began');

  for (const address of [served.presenter, served.audience]) {
    const late = await openAt(browser, address, '2/1');
    await expect(badge(late)).toContainText(PUSH);
    expect(await picture(late)).toEqual(pushed);
    await late.reload();
    await expect(badge(late)).toContainText(PUSH);
    expect(await picture(late)).toEqual(pushed);
  }
});

test('the key of a scene leaves the moment on every page; coming back shows it again', async ({
  browser,
  start,
}) => {
  test.setTimeout(60_000);
  const served = await start(await written());
  const presenter = await openAt(browser, served.presenter, '2/1');
  const audience = await openAt(browser, served.audience, '2/1');
  for (const page of [presenter, audience]) await expect(badge(page)).toContainText(PUSH);
  const pushed = await picture(audience);

  await presenter.keyboard.press('Shift+L');
  for (const page of [presenter, audience]) await expect(badge(page)).toHaveText(/· push$/);
  await presenter.keyboard.press('ArrowRight');
  await expect(badge(presenter)).toHaveText(/· push$/);
  await presenter.keyboard.press('ArrowLeft');
  for (const page of [presenter, audience]) {
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    await expect(badge(page)).toContainText(PUSH);
  }
  expect(await picture(audience)).toEqual(pushed);
});

test('beside a live cluster it is told as recorded; with the server lost it stays', async ({
  browser,
  start,
}) => {
  const served = await start(await written(), { args: ['--from', CAPTURE] });
  const page = await openAt(browser, served.presenter, '2/1');
  await expect(badge(page)).toContainText(PUSH);
  await expect(badge(page)).not.toContainText(/live/i);
  const pushed = await picture(page);
  await served.stop();
  await page.keyboard.press('ArrowLeft');
  await expect(badge(page)).toContainText('lost', { timeout: 15_000 });
  await page.keyboard.press('ArrowRight');
  await expect(badge(page)).toContainText(PUSH);
  expect(await picture(page)).toEqual(pushed);
});

test('the static site shows the moment, and plays nothing over it', async ({ page }) => {
  const deck = await written(TALK.replace('push+3.2s at 1', 'push+3.2s'));
  const site = path.join(path.dirname(deck), 'site');
  execFileSync(process.execPath, ['server/cli.ts', 'build', deck, '-o', site], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    stdio: 'ignore',
  });
  const server = createServer(express().use(express.static(site)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (typeof bound !== 'object' || !bound) throw new Error('no address');
  await page.clock.install();
  await page.goto(`http://127.0.0.1:${bound.port}/#/2`);
  await ready(page);
  await expect(badge(page)).toContainText(PUSH);
  expect((await picture(page)).nodes).toEqual(AT_PUSH);
  await page.clock.runFor(5000);
  await expect(badge(page)).toContainText(PUSH);
  expect((await picture(page)).nodes).toEqual(AT_PUSH);
  await page.keyboard.press('Shift+ArrowRight');
  await page.clock.runFor(2000);
  await expect(badge(page)).toContainText('· push');
  server.close();
});

test('in print each slide is a page with all its steps, and its last moment', async ({
  browser,
  start,
}) => {
  const served = await start(await written());
  const page = await openAt(browser, served.presenter, '3');
  await expect(badge(page)).toContainText('Recorded');
  await expect.poll(async () => (await picture(page)).nodes.join()).toContain('ready');

  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const sizes = pdf.match(/\/MediaBox\s*\[[^\]]*\]/g) ?? [];
  expect(sizes).toEqual(Array(4).fill('/MediaBox [0 0 960 540]'));

  await page.emulateMedia({ media: 'print' });
  const drifted = page.locator('section').nth(2);
  await expect(drifted.locator('.feed-badge')).toHaveText(`Recorded 2026-11-22 · ${DRIFT}`);
  await expect(drifted.locator('.node').last()).toHaveAttribute('data-status', 'drifted');
  const atRest = page.locator('section').nth(3);
  await expect(atRest.locator('.live')).toBeHidden();
  await expect(atRest.locator('[data-status]')).toHaveCount(0);
  await expect(page.locator('section').nth(1).getByText('Two')).toBeVisible();
  await expect(page.locator('.hare:visible, .tortoise:visible, .panels:visible')).toHaveCount(0);
  const boxes = await page.locator('.slides > section').evaluateAll((sections) =>
    sections.map((section) => {
      const { width, height } = section.getBoundingClientRect();
      return [width, height, section.scrollWidth, section.scrollHeight].join(' ');
    }),
  );
  expect(boxes).toEqual(Array(4).fill('1280 720 1280 720'));

  await page.emulateMedia({ media: 'screen' });
  await expect.poll(async () => (await picture(page)).nodes.join()).toContain('ready');
});

test('a page of a 4:3 deck is 4:3, and slides aside are left out', async ({ browser, start }) => {
  const text = TALK.replace('# Moments\n', '# Moments\n\nsize-ratio\n:   4:3\n');
  const served = await start(await written(`${text}\n## properties\n\nbackup\n:   true\n`));
  const page = await openAt(browser, served.audience, '0');
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const sizes = pdf.match(/\/MediaBox\s*\[[^\]]*\]/g) ?? [];
  expect(sizes).toEqual(Array(3).fill('/MediaBox [0 0 960 720]'));
});

test('with a cluster a moment is that of the speaker’s own last run, known when the talk begins', async ({
  browser,
  start,
}) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'fluxdeck-'));
  const runs = path.join(folder, 'fluxdeck', 'runs');
  await mkdir(runs, { recursive: true });
  const run = recordingOf([...aPush(), on(22, { type: 'marker', name: 'end' })]);
  await writeFile(path.join(runs, '2026-08-07T13-37-00-000Z.jsonl'), stringifyRecording(run));
  const kubeconfig = path.join(folder, 'kubeconfig');
  await writeFile(kubeconfig, UNREACHABLE);
  const served = await start(await written(), {
    args: ['--kubeconfig', kubeconfig],
    state: folder,
  });
  const page = await openAt(browser, served.audience, '2/1');
  await expect(badge(page)).toHaveText(`Recorded 2026-08-07 · ${PUSH}`);
  expect((await picture(page)).nodes).toEqual(AT_PUSH.with(3, 'progressing reconciling'));
  await page.goto(`${served.audience}#/2/3`);
  await expect(badge(page)).toHaveText(`Recorded 2026-11-22 · ${DRIFT}`);
});

test.describe('while writing', () => {
  test('a scrubber finds a moment, and what it copies shows it once it is pasted', async ({
    browser,
    start,
  }) => {
    const deck = await written(TALK.replace(/show\n:.*\n:.*\n/, 'scene\n:   push\n'));
    const served = await start(deck, { args: ['--dev'] });
    const page = await openAt(browser, served.presenter, '2/2');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const audience = await openAt(browser, served.audience, '2/2');
    await expect(badge(audience)).toContainText('Recorded');
    await expect(audience.getByRole('slider')).toHaveCount(0);

    const slider = page.getByRole('slider', { name: 'Moment of the recorded run' });
    await slider.focus();
    await page.keyboard.press('PageUp');
    for (let second = 0; second < 3; second++) await page.keyboard.press('Shift+ArrowRight');
    for (let tenth = 0; tenth < 3; tenth++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await expect(slider).toHaveAttribute('aria-valuetext', PUSH);
    await expect(badge(page)).toContainText(PUSH);
    expect((await picture(page)).nodes).toEqual(AT_PUSH);
    await page.keyboard.press('n');
    await page.keyboard.press('Space');
    expect(page.url()).toContain('#/2/2');
    await expect(badge(audience)).not.toContainText('after it began');

    await page.keyboard.press('Enter');
    await expect(page.getByText('Copied')).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe('show: push+3.2s at 2');
    const text = await readFile(deck, 'utf8');
    await writeFile(deck, text.replace('scene\n:   push\n', `scene\n:   push\n\n${copied}\n`));
    await expect(badge(audience)).toContainText(PUSH);
    expect((await picture(audience)).nodes).toEqual(AT_PUSH);
    await expect(badge(page)).toContainText(PUSH);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowLeft');
    await expect(badge(page)).not.toContainText('after it began');
  });

  test('it is dragged, covers no words, and copies from sight where the clipboard is refused', async ({
    browser,
    start,
  }) => {
    const served = await start(await written(), { args: ['--dev'] });
    const context = await browser.newContext();
    await context.addInitScript(() => {
      const writeText = () => Promise.reject(new Error('refused'));
      Object.defineProperty(navigator, 'clipboard', { value: { writeText } });
    });
    const page = await context.newPage();
    await page.goto(`${served.presenter}#/2/1`);
    const slider = page.getByRole('slider');
    await expect(slider).toHaveAttribute('aria-valuetext', PUSH);
    const box = await slider.boundingBox();
    if (!box) throw new Error('no slider');
    await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 1, box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
    await expect(slider).toHaveAttribute('aria-valuetext', /^poll, /);
    await expect(badge(page)).toContainText(/poll, [\d.]+\ss after it began/);
    await expect(slider).toBeFocused();

    const { violations } = await new AxeBuilder({ page }).include('.scrubber').analyze();
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
    const strip = await page.locator('.strip').boundingBox();
    const words = await page.locator(`${current} .said`).boundingBox();
    expect(strip?.y).toBeGreaterThanOrEqual((words?.y ?? 0) + (words?.height ?? 0));

    await page.keyboard.press('Enter');
    const line = page.getByRole('textbox', { name: 'The line to copy' });
    await expect(line).toBeFocused();
    await expect(line).toHaveValue(/^show: poll\+[\d.]+s at 1$/);
    expect(await page.evaluate(() => window.getSelection()?.toString())).toMatch(/^show/);
    await page.keyboard.press('Escape');
    await expect(slider).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(badge(page)).toContainText(PUSH);

    await page.keyboard.press('Shift+ArrowLeft');
    await expect(slider).toHaveCount(0);
  });

  test('nobody but who writes has one', async ({ browser, start }) => {
    const served = await start(await written());
    const page = await openAt(browser, served.presenter, '2/1');
    await expect(badge(page)).toContainText(PUSH);
    await expect(page.getByRole('slider')).toHaveCount(0);
  });
});
