import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { ready } from './page.ts';
import { test } from './talk.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fluxdeck-'));
const deck = path.join(folder, 'talk.md');
writeFileSync(
  deck,
  `# Talk

# Code

{::wait/}before

\`\`\`yaml {1-2|3|all}
one: 1
two: 2
three: 3
\`\`\`

# Long

\`\`\`
${Array.from({ length: 24 }, (_, at) => `line ${at} of a listing`).join('\n')}
\`\`\`

# Wide

\`\`\`
${'wide '.repeat(22)}
\`\`\`

# Full of text

${'* An item that is long enough to be broken once on any slide that has room for it, I think\n'.repeat(5)}
`,
);

/** The lines of the slide's code that stand out. */
async function lit(page: Page, slide: number): Promise<string[]> {
  return page
    .locator(`section[data-index="${slide}"] pre .line`)
    .evaluateAll((lines) =>
      lines
        .filter((line) => getComputedStyle(line).opacity === '1')
        .map((line) => line.textContent?.trim() ?? ''),
    );
}

const PARTS = [['one: 1', 'two: 2'], ['three: 3'], ['one: 1', 'two: 2', 'three: 3']];

test('each press lights up the next lines, and back', async ({ page, start }) => {
  const { audience } = await start(deck);
  await page.goto(`${audience}#/1`);
  await ready(page);
  await expect.poll(() => lit(page, 1)).toEqual(PARTS[0]);
  await page.keyboard.press('Space');
  await expect.poll(() => lit(page, 1)).toEqual(PARTS[0]);
  for (const part of [PARTS[1], PARTS[2]]) {
    await page.keyboard.press('Space');
    await expect.poll(() => lit(page, 1)).toEqual(part);
  }
  await page.keyboard.press('p');
  await expect.poll(() => lit(page, 1)).toEqual(PARTS[1]);
  await page.keyboard.press('o');
  await expect.poll(() => lit(page, 1)).toEqual(PARTS[2]);
});

test('an address shows its lines before any script has run', async ({ page, start }) => {
  const { audience } = await start(deck);
  await page.route('**/*.js', (route) => route.abort());
  for (const [step, part] of [PARTS[0], PARTS[0], PARTS[1], PARTS[2]].entries()) {
    await page.goto('about:blank');
    await page.goto(`${audience}#/1${step > 0 ? `/${step}` : ''}`);
    await expect.poll(() => lit(page, 1)).toEqual(part);
  }
});

test('code fits its slide, and what does not fit is estimated within a line', async ({
  page,
  start,
}) => {
  const { audience } = await start(deck);
  for (const slide of [2, 3]) {
    await page.goto(`${audience}#/${slide}`);
    await ready(page);
    const over = await page.locator(`section[data-index="${slide}"] pre`).evaluate((pre) => ({
      right: pre.scrollWidth - pre.clientWidth,
      down: pre.scrollHeight - pre.clientHeight,
    }));
    expect(over).toEqual({ right: 0, down: 0 });
  }
  // 5 items of two lines: 10 lines of 56.25 px, 4 gaps of 22 px, in a body of 508 px.
  await page.goto(`${audience}#/4`);
  const height = await page
    .locator('section[data-index="4"] .body > ul')
    .evaluate((list: HTMLElement) => list.offsetHeight);
  expect(Math.abs(height - (10 * 56.25 + 4 * 22))).toBeLessThan(4);
});
