import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A Chromium or Chrome that is here already, Playwright's own included. */
export function findBrowser(): string | undefined {
  const named = process.env.FLUXDECK_BROWSER;
  if (named) return named;
  const directories = (process.env.PATH ?? '').split(path.delimiter);
  const onPath = NAMES.flatMap((name) =>
    directories.map((directory) => path.join(directory, name)),
  );
  return [...onPath, ...PLACES, chromium.executablePath()].find((file) => existsSync(file));
}
