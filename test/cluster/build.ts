import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { glob, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Mistake } from '../../server/mistake.ts';
import { PROGRAMS, type Program, type ProgramName } from './program.ts';

const run = promisify(execFile);
const ENVIRONMENT = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
/** Bytes of what a build that fails has to say. */
const MAX_OUTPUT = 64 * 1024 * 1024;

/** Where each program lies, with what it keeps: in a folder of its own, under its name. */
export type Built = (name: ProgramName) => string;

/**
 * Builds what is not built yet; what is, is kept outside the checkout, by content.
 * @throws Mistake when there is no Go, or a build fails
 */
export async function buildPrograms(tell: (line: string) => void): Promise<Built> {
  const go = goVersion();
  const folders = new Map<string, string>();
  for (const program of PROGRAMS) folders.set(program.name, await provide(program, go, tell));
  return (name) => {
    const folder = folders.get(name);
    if (folder === undefined) throw new Error(`${name} is no program of a cluster`);
    return folder;
  };
}

function goVersion(): string {
  try {
    const args = ['env', 'GOVERSION', 'GOOS', 'GOARCH'];
    return execFileSync('go', args, { encoding: 'utf8', env: ENVIRONMENT });
  } catch {
    throw new Mistake(
      'The cluster of these tests is built with Go, and there is no go on the PATH. Install Go 1.26 or newer (https://go.dev/dl) and try again.',
      2,
    );
  }
}

/** @returns its folder */
async function provide(
  program: Program,
  go: string,
  tell: (line: string) => void,
): Promise<string> {
  const { name, main } = program;
  const flags = ['-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags', linking(program)];
  const folder = path.join(cache(), digest(program, [go, ...flags]));
  const done = () => existsSync(path.join(folder, name));
  if (done()) return folder;

  tell(`${name}: building, which takes minutes the first time …`);
  const begun = performance.now();
  await mkdir(cache(), { recursive: true });
  const draft = await mkdtemp(path.join(cache(), `${name}-`));
  try {
    await goIn(program, ['build', ...flags, '-o', path.join(draft, name), main]);
    await keep(program, draft);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Somebody else may have been faster.
    if (!done()) throw failure(name, error);
  }
  tell(`${name}: built in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  return folder;
}

function linking({ link = {} }: Program): string {
  const values = Object.entries(link).map(([variable, value]) => `-X ${variable}=${value}`);
  return ['-s', '-w', ...values].join(' ');
}

function cache(): string {
  const caches = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
  return path.join(caches, 'fluxdeck', 'programs');
}

function digest({ module, main, keeps }: Program, build: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify([main, keeps ?? null, ...build]));
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(path.join(module, file)));
  return hash.digest('hex');
}

async function keep(program: Program, draft: string): Promise<void> {
  if (!program.keeps) return;
  const { of, folder } = program.keeps;
  const module = (await goIn(program, ['list', '-m', '-f', '{{.Dir}}', of])).trim();
  for await (const file of glob(`${folder}/**/*.yaml`, { cwd: module })) {
    const copy = path.join(draft, file);
    await mkdir(path.dirname(copy), { recursive: true });
    await writeFile(copy, await readFile(path.join(module, file)));
  }
}

async function goIn({ module }: Program, args: string[]): Promise<string> {
  const options = { cwd: module, env: ENVIRONMENT, maxBuffer: MAX_OUTPUT };
  const { stdout } = await run('go', args, options);
  return stdout;
}

function failure(name: string, error: unknown): Mistake {
  const why = error instanceof Error ? error.message : String(error);
  return new Mistake(`${name} could not be built: ${why.split('\n').slice(-12).join('\n')}`);
}
