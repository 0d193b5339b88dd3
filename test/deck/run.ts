// Runs the browser tests with whatever Chromium this machine has, or can get.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { provideBrowser } from '../helpers/browser.ts';

try {
  const root = path.resolve(import.meta.dirname, '../..');
  const browser = provideBrowser();
  const { status } = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/@playwright/test/cli.js'),
      'test',
      '--config',
      'test/playwright.config.ts',
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, FLUXDECK_BROWSER: browser } },
  );
  process.exitCode = status ?? 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
