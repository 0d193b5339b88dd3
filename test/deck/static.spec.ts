import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import express from 'express';
import { ready } from './page.ts';

/** Any web server, any path: nothing of ours answers here. */
async function host(): Promise<{ address: string; close: () => void }> {
  const site = mkdtempSync(path.join(tmpdir(), 'fluxdeck-'));
  execFileSync(process.execPath, ['server/cli.ts', 'build', 'slides/flux-basics.md', '-o', site], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    stdio: 'ignore',
  });
  const server = createServer(express().use('/talks/basics', express.static(site)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (typeof bound !== 'object' || !bound) throw new Error('no address');
  return {
    address: `http://127.0.0.1:${bound.port}/talks/basics/`,
    close: () => server.close(),
  };
}

test('the static site plays its scenes by itself, from any path, within its policy', async ({
  page,
}) => {
  test.setTimeout(60_000);
  const { address, close } = await host();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(response.url());
  });

  await page.goto(`${address}#/7`);
  await ready(page);
  const badge = page.locator('section.present .feed-badge');
  await expect(badge).toContainText('Recorded 2026-11-22');
  await expect(badge).toContainText('· push');
  await expect(badge).toContainText('· drift', { timeout: 20_000 });
  await expect(badge).toContainText('silence shortened', { timeout: 10_000 });
  await expect(page.locator('section.present .said')).toContainText(
    'put back by Flux, 16 s after it drifted',
    {
      timeout: 20_000,
    },
  );
  // Once through, it rests until it is asked.
  await expect(badge).toContainText('Shift+L: push', { timeout: 10_000 });
  await badge.click();
  await expect(badge).toContainText('· push');

  // What is told beside the diagrams needs no server either, and asks for none.
  const panel = page.locator('.panel:not([hidden])');
  await page.keyboard.press('w');
  await expect(panel).toContainText('Say hello to the webinar');
  await page.keyboard.press('d');
  await expect(panel.locator('.state')).toContainText(' for ');
  expect(complaints).toEqual([]);
  close();
});
