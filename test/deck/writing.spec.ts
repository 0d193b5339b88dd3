import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { ready } from './page.ts';
import { test } from './talk.ts';

const TALK = `# Talk

# One

First.

![a picture](picture.svg)

# Two

* now
* {::wait/}then
* {::wait/}at last

# Three

\`\`\`mermaid
flowchart LR
  G(Git Host) --> S((GitRepository)) --> C((K8s))
\`\`\`
`;

/** A deck of its own, which the test edits. */
function aDeck() {
  const folder = mkdtempSync(path.join(tmpdir(), 'fluxdeck-'));
  const deck = path.join(folder, 'talk.md');
  const picture = path.join(folder, 'picture.svg');
  const draw = (width: number) =>
    writeFileSync(
      picture,
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="50"><rect width="${width}" height="50"/></svg>`,
    );
  draw(100);
  writeFileSync(deck, TALK);
  return {
    deck,
    draw,
    write: (text: string) => writeFileSync(deck, text),
    /** As editors do that never leave half a file. */
    replace: (text: string) => {
      writeFileSync(`${deck}~`, text);
      renameSync(`${deck}~`, deck);
    },
    remove: () => rmSync(deck),
  };
}

const shown = (page: Page) => page.locator('section.present');
const margin = (page: Page) => page.locator('.margin');
const chip = (page: Page) => page.locator('.chip');

test('who writes is led to the slide that is edited, and stays on the one that shows', async ({
  page,
  start,
}) => {
  const { deck, write, replace } = aDeck();
  const { presenter } = await start(deck, { args: ['--dev'] });
  await page.goto(presenter);
  await ready(page);

  write(TALK.replace('then', 'soon'));
  await expect(shown(page).locator('h2')).toHaveText('Two');
  await expect(shown(page).getByText('soon')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(shown(page).getByText('at last')).toBeHidden();

  // The step is kept, the slide comes to another place, its neighbours change.
  const moved = TALK.replace('# One', '# Zero\n\n# One').replace('* now', '* at once');
  replace(moved);
  await expect(shown(page).getByText('at once')).toBeVisible();
  await expect(shown(page).getByText('then')).toBeVisible();
  await expect(shown(page).getByText('at last')).toBeHidden();
  await expect(page).toHaveURL(/#\/3\/1$/);

  replace(moved.replace('Git Host', 'GitHub'));
  await expect(shown(page).locator('h2')).toHaveText('Three');
  await expect(shown(page).locator('.diagram > svg')).toContainText('GitHub');

  // Of two that are edited the one that shows is enough; a new one is shown at once.
  replace(moved);
  await expect(shown(page).locator('.diagram > svg')).toContainText('Git Host');
  replace(`${moved}\n# Four\n\nNew.\n`);
  await expect(shown(page).getByText('New.')).toBeVisible();
});

test('a problem stands on its slide with its place until it is mended', async ({ page, start }) => {
  const { deck, write, remove } = aDeck();
  const { presenter } = await start(deck, { args: ['--dev'] });
  await page.goto(presenter);
  await ready(page);
  await expect(margin(page)).toBeHidden();

  write(TALK.replace('S((GitRepository))', 'S((GitRepository'));
  await expect(shown(page).locator('h2')).toHaveText('Three');
  await expect(margin(page)).toContainText(/talk\.md:1[89]:\d+ error: /);
  await page.keyboard.press('Home');
  await expect(margin(page)).toBeHidden();

  remove();
  await expect(margin(page)).toContainText('does not exist');
  await expect(shown(page).locator('h1')).toHaveText('Talk');

  write(TALK);
  await expect(margin(page)).toBeHidden();

  const long = Array.from({ length: 14 }, (_, line) => `* line ${line}`).join('\n');
  write(TALK.replace('* now', long));
  await expect(shown(page).locator('h2')).toHaveText('Two');
  await expect(margin(page)).toContainText(/runs over by \d+ lines/);
});

test('a picture that is drawn anew shows in its place', async ({ page, start }) => {
  const { deck, draw } = aDeck();
  const { presenter } = await start(deck, { args: ['--dev'] });
  await page.goto(`${presenter}#/1`);
  await ready(page);
  const width = () =>
    shown(page)
      .locator('img')
      .evaluate((picture: HTMLImageElement) => picture.naturalWidth);
  expect(await width()).toBe(100);
  draw(300);
  await expect.poll(width).toBe(300);
  await expect(page).toHaveURL(/#\/1$/);
});

test('on stage an edit waits until the presenter takes it', async ({ browser, page, start }) => {
  const { deck, write, replace } = aDeck();
  const { presenter, audience } = await start(deck);
  const guest = await (await browser.newContext()).newPage();
  await page.goto(`${presenter}#/2/1`);
  await guest.goto(`${audience}#/1`);
  await Promise.all([ready(page), ready(guest)]);

  const edited = TALK.replace('First.', 'Edited.').replace('at last', 'in the end');
  write(edited);
  await expect(chip(page)).toHaveText('2 slides changed: press Shift+E to take it');
  await expect(chip(guest)).toBeEmpty();
  await expect(shown(guest).getByText('First.')).toBeVisible();

  // Who comes now sees what all see, and the presenter is asked again.
  await Promise.all([page.reload(), guest.reload()]);
  await Promise.all([ready(page), ready(guest)]);
  await expect(chip(page)).toContainText('2 slides changed');
  await expect(shown(guest).getByText('First.')).toBeVisible();
  await guest.keyboard.press('Shift+E');

  replace(edited.replace('S((GitRepository))', 'S((GitRepository'));
  await expect(chip(page)).toContainText(/Not shown: .*talk\.md:1[89]:\d+: /);
  await page.keyboard.press('Shift+E');
  await expect(shown(guest).getByText('First.')).toBeVisible();

  replace(edited);
  await expect(chip(page)).toContainText('2 slides changed');
  await page.keyboard.press('Shift+E');
  await expect(shown(guest).getByText('Edited.')).toBeVisible();
  await expect(chip(page)).toBeEmpty();
  await expect(page).toHaveURL(/#\/2\/1$/);
  await expect(shown(page).getByText('in the end')).toBeHidden();
  await page.keyboard.press('Space');
  await expect(shown(page).getByText('in the end')).toBeVisible();

  await guest.reload();
  await expect(shown(guest).getByText('Edited.')).toBeVisible();

  // Taken by a click; the keys are the talk's again. What is taken back is offered no more.
  write(edited.replace('Edited.', 'Again.'));
  await expect(chip(page)).toContainText('1 slide changed');
  write(edited);
  await expect(chip(page)).toBeEmpty();
  write(edited.replace('Edited.', 'Again.'));
  await chip(page).getByRole('button').click();
  await expect(shown(guest).getByText('Again.')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(shown(page).locator('h2')).toHaveText('Three');
});
