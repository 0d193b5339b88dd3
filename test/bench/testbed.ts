import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { type App, bringApp } from '../../server/app.ts';
import { ROOT } from '../../server/cache.ts';
import { openDeck } from '../../server/commands/open.ts';
import type { Compiled } from '../../server/deck/compile.ts';
import { makeEdition } from '../../server/deck/edition.ts';
import { provideBrowser } from '../helpers/browser.ts';
import { buildPlain } from './plainDeck.ts';
import { openSite, type Site } from './site.ts';

/** What every bench measures on. */
export interface Testbed {
  browser: Browser;
  /** The deck of the user, ours and as plain reveal.js. */
  ours: Site;
  plain: Site;
  app: App;
  compiled: Compiled;
  /** An empty folder for a bench's own files. */
  scratch: string;
  /** How often to measure. */
  runs: number;
  close(): Promise<void>;
}

export const DECK = path.join(ROOT, 'slides', 'flux-basics.md');

export async function openTestbed(runs: number): Promise<Testbed> {
  const directory = await mkdtemp(path.join(tmpdir(), 'fluxdeck-bench-'));
  const [app, { compiled }] = await Promise.all([bringApp(() => undefined), openDeck(DECK)]);
  const settings = { feed: 'recorded', recording: './recordings/webinar.jsonl' };
  const plainHtml = await buildPlain(compiled, path.join(directory, 'plain'));
  const noStyle = { name: 'none.css', text: '' };

  const ours = await openSite(makeEdition(app, compiled, settings), app.directory);
  const plain = await openSite(
    { html: plainHtml, style: noStyle },
    path.join(directory, 'plain', 'app'),
  );
  const browser = await chromium.launch({
    executablePath: provideBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--hide-scrollbars'],
  });
  return {
    browser,
    ours,
    plain,
    app,
    compiled,
    scratch: path.join(directory, 'scratch'),
    runs,
    async close() {
      await browser.close();
      ours.close();
      plain.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
