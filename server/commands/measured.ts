import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { bringApp } from '../app.ts';
import { findBrowser } from '../browser.ts';
import { RECORDINGS } from '../cache.ts';
import type { Compiled } from '../deck/compile.ts';
import { makeEdition } from '../deck/edition.ts';
import type { DeckFile } from '../deck/load.ts';
import { createSite } from '../http/site.ts';

/** What a browser finds of the slides. */
export interface Measured {
  /** How many lines of a slide are too much, by its id. */
  lines: ReadonlyMap<string, number>;
  /** How wide each picture shows, by its address. */
  widths: ReadonlyMap<string, number>;
}

/** Milliseconds: a browser that does not start, or a page that never ends. */
const PATIENCE = 60_000;

/** Opens the deck in a browser of this machine and measures it; undefined where that can't be. */
export async function measure(
  { file, compiled }: { file: DeckFile; compiled: Compiled },
  tell: (line: string) => void,
): Promise<Measured | undefined> {
  const executablePath = findBrowser();
  if (executablePath === undefined) return undefined;
  const app = await bringApp(tell);
  const settings = { feed: 'recorded', recording: '', measure: 'true' };
  const edition = makeEdition(app, compiled, settings);
  const site = createServer(
    createSite({
      served: () => edition,
      app: app.directory,
      recordings: RECORDINGS,
      deck: path.dirname(file.path),
      identity: { fluxdeck: '1', deck: '' },
    }),
  ).listen(0, '127.0.0.1');
  try {
    await once(site, 'listening');
    const address = site.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return await look(executablePath, `http://127.0.0.1:${port}/`);
  } catch {
    return undefined;
  } finally {
    site.close();
    site.closeAllConnections();
  }
}

async function look(executablePath: string, address: string): Promise<Measured | undefined> {
  // Root, as in a container, has no sandbox; the only page is our own.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args, timeout: PATIENCE });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(address, { timeout: PATIENCE });
    const body = page.locator('body[data-measured]');
    await body.waitFor({ state: 'attached', timeout: PATIENCE });
    return parse(await body.getAttribute('data-measured'));
  } finally {
    await browser.close();
  }
}

function parse(told: string | null): Measured | undefined {
  const { overflows, pictures }: Record<string, unknown> = Object(JSON.parse(told ?? 'null'));
  const lines = Object.entries(Object(overflows)).flatMap(([id, value]): [string, number][] => {
    const found: unknown = Object(value).lines;
    return typeof found === 'number' ? [[id, found]] : [];
  });
  const widths = Object.entries(Object(pictures)).flatMap(([at, value]): [string, number][] =>
    typeof value === 'number' ? [[at, value]] : [],
  );
  return { lines: new Map(lines), widths: new Map(widths) };
}
