import { defineConfig } from '@playwright/test';
import { findBrowser } from '../server/browser.ts';

const executablePath = findBrowser();

export default defineConfig({
  testMatch: '**/*.spec.ts',
  projects: [
    { name: 'deck', testDir: 'deck' },
    // Pictures, compared with a tolerance: slow, and seldom needed.
    { name: 'look', testDir: 'look', snapshotPathTemplate: '{testDir}/views/{arg}{ext}' },
  ],
  outputDir: '../test-results',
  fullyParallel: true,
  workers: 2,
  reporter: [['list']],
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: {
    viewport: { width: 1280, height: 720 },
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--hide-scrollbars',
      ],
    },
  },
});
