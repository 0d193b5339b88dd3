import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CACHE, ROOT } from './cache.ts';

/** The browser's side, built: the same files for every deck. */
export interface App {
  /** The files that are served as `app/`. */
  directory: string;
  /** `index.html`, with a place for the slides. */
  html: string;
  /** The text of its style sheet. */
  style: string;
  /** The name of the font that a first slide needs. */
  font: string;
}

const STAMP = 'stamp';

/** The app as built from the present sources: builds it only when they have changed. */
export async function bringApp(tell: (line: string) => void): Promise<App> {
  const directory = path.join(CACHE, 'app');
  const stamp = stampOf([path.join(ROOT, 'src'), path.join(ROOT, 'package-lock.json')]);
  const built = await readFile(path.join(directory, STAMP), 'utf8').catch(() => '');
  if (built !== stamp) {
    tell('Building the app …');
    await buildApp(directory, stamp);
  }
  return openApp(directory);
}

async function buildApp(directory: string, stamp: string): Promise<void> {
  const { build } = await import('vite');
  // Built aside and moved into place, so that two processes never see half an app.
  await mkdir(CACHE, { recursive: true });
  const aside = await mkdtemp(path.join(CACHE, 'app-'));
  await build({ configFile: path.join(ROOT, 'src', 'vite.config.ts'), build: { outDir: aside } });
  await writeFile(path.join(aside, STAMP), stamp);
  await rm(directory, { recursive: true, force: true });
  await rename(aside, directory);
}

async function openApp(built: string): Promise<App> {
  const directory = path.join(built, 'app');
  const names = await readdir(directory);
  const find = (pattern: RegExp) => names.find((name) => pattern.test(name)) ?? '';
  return {
    directory,
    html: await readFile(path.join(built, 'index.html'), 'utf8'),
    style: await readFile(path.join(directory, find(/^style-.*\.css$/)), 'utf8'),
    font: find(/^atkinson-hyperlegible-next-latin-wght-normal-.*\.woff2$/),
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
