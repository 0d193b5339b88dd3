import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Theme } from '../src/shared/theme.ts';
import { BUILT_APP, CACHE, PACKED, ROOT } from './cache.ts';

/** The browser's side, built: the same files for every deck. */
export interface App {
  /** The files that are served as `app/`. */
  directory: string;
  /** `index.html`, with a place for the slides. */
  html: string;
  /** The text of its style sheet. */
  style: string;
  /** The name of the script that runs before the first paint. */
  firstLook: string;
  /** The name of the font that a first slide needs, by theme. */
  fonts: Readonly<Record<Theme, string>>;
}

const APPS = path.join(CACHE, 'apps');
/** Milliseconds after which nobody presents with an older app any more. */
const OUTDATED = 24 * 60 * 60 * 1000;

/**
 * The app: as it is packed, or as built from the present sources. It is built only when they have
 * changed. Each build has a folder of its own, so what serves an older one goes on.
 */
export async function bringApp(tell: (line: string) => void): Promise<App> {
  if (PACKED) return openApp(BUILT_APP);
  const stamp = stampOf([path.join(ROOT, 'src'), path.join(ROOT, 'package-lock.json')]);
  const directory = path.join(APPS, stamp);
  if (!existsSync(directory)) {
    tell('Building the app …');
    await mkdir(APPS, { recursive: true });
    await removeOutdated();
    await buildApp(directory);
  }
  return openApp(directory);
}

async function buildApp(directory: string): Promise<void> {
  const { build } = await import('vite');
  // Built aside and moved into place, so that nobody sees half an app.
  const aside = await mkdtemp(path.join(APPS, 'aside-'));
  await build({ configFile: path.join(ROOT, 'src', 'vite.config.ts'), build: { outDir: aside } });
  await rename(aside, directory).catch(async (error: unknown) => {
    // Another process was faster.
    if (!existsSync(directory)) throw error;
    await rm(aside, { recursive: true });
  });
}

async function removeOutdated(): Promise<void> {
  for (const name of await readdir(APPS)) {
    const built = path.join(APPS, name);
    const age = Date.now() - statSync(built).mtimeMs;
    if (age > OUTDATED) await rm(built, { recursive: true, force: true });
  }
}

async function openApp(built: string): Promise<App> {
  const directory = path.join(built, 'app');
  const names = await readdir(directory);
  const find = (pattern: RegExp) => names.find((name) => pattern.test(name)) ?? '';
  const atkinson = find(/^atkinson-hyperlegible-next-latin-wght-normal-.*\.woff2$/);
  return {
    directory,
    html: await readFile(path.join(built, 'index.html'), 'utf8'),
    style: await readFile(path.join(directory, find(/^index-.*\.css$/)), 'utf8'),
    firstLook: find(/^firstLook-.*\.js$/),
    fonts: {
      default: atkinson,
      'high-contrast': atkinson,
      'rabbit-theme-wwinternalstyle': find(/^montserrat-latin-wght-normal-.*\.woff2$/),
    },
  };
}

/** Changes when any file below changes its name, size or time. */
function stampOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  const visit = (file: string) => {
    const stat = statSync(file);
    if (stat.isDirectory()) {
      for (const entry of readdirSync(file).sort()) visit(path.join(file, entry));
    } else hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`);
  };
  for (const file of paths) visit(file);
  return hash.digest('hex');
}
