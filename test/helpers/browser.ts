import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findBrowser } from '../../server/browser.ts';

/** Finds a browser, or gets one the way this machine allows; says in one line when none can be had. */
export function provideBrowser(): string {
  const found = findBrowser() ?? fetched() ?? installed();
  if (found) return found;
  throw new Error(
    'The browser tests need Chromium or Chrome: install one, or name it in FLUXDECK_BROWSER.',
  );
}

function fetched(): string | undefined {
  return run(process.execPath, [playwrightCli(), 'install', 'chromium'])
    ? findBrowser()
    : undefined;
}

/** Debian, as root: its own package. */
function installed(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  run('apt-get', ['update', '-qq']);
  return run('apt-get', ['install', '-y', '-qq', 'chromium']) ? findBrowser() : undefined;
}

function run(program: string, args: string[]): boolean {
  console.log(`Looking for a browser: ${path.basename(program)} ${args.slice(-2).join(' ')} …`);
  try {
    execFileSync(program, args, { stdio: 'ignore', timeout: 5 * 60_000 });
    return true;
  } catch {
    return false;
  }
}

function playwrightCli(): string {
  return path.resolve(import.meta.dirname, '../../node_modules/@playwright/test/cli.js');
}
