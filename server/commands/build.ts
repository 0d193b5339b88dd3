import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bringApp } from '../app.ts';
import { RECORDING, RECORDINGS } from '../cache.ts';
import { makeEdition } from '../deck/edition.ts';
import { PAGE_POLICY } from '../http/policy.ts';
import type { Io } from '../io.ts';
import { mediaFile, mediaIn } from '../media.ts';
import { Mistake, reasonOf, systemCode } from '../mistake.ts';
import { openDeck } from './open.ts';
import { tellBytes, tellProblem, tellSize, worthTelling } from './tell.ts';

/** Writes a talk as a static site: any web server, any path, no network, no cluster. */
export async function build(
  name: string,
  options: { out: string; theme?: string; json?: boolean },
  io: Io,
): Promise<void> {
  const [app, { file, compiled }] = await Promise.all([
    bringApp(io.err),
    openDeck(name, undefined, options.theme),
  ]);
  const settings = { feed: 'recorded', recording: `./recordings/${RECORDING}`, autoplay: 'true' };
  const edition = makeEdition(app, compiled, settings, PAGE_POLICY);
  const out = path.resolve(options.out);

  try {
    await clear(out, path.dirname(file.path));
    await cp(app.directory, path.join(out, 'app'), {
      recursive: true,
      // The page's own style sheet is part of the edition's.
      filter: (source) => !/index-[^/]*\.css$/.test(source),
    });
    await cp(path.join(RECORDINGS, RECORDING), path.join(out, 'recordings', RECORDING));
    await writeFile(path.join(out, 'app', edition.style.name), edition.style.text);
    const media = [...mediaIn(compiled.sections.join('\n')), ...(compiled.own?.media ?? [])];
    await copyMedia(media, path.dirname(file.path), out);
    await writeFile(path.join(out, 'index.html'), edition.html);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw new Mistake(
      `${options.out} can't be written: ${reasonOf(error)}. Choose another: -o FOLDER`,
    );
  }

  const { files, bytes } = await measure(out);
  if (options.json) {
    io.out(JSON.stringify({ out, files, bytes, problems: compiled.problems }, null, 2));
    return;
  }
  for (const problem of worthTelling(compiled.problems)) io.err(tellProblem(problem));
  const slides = tellSize(compiled);
  io.out(`${slides} → ${path.relative('', out) || '.'} (${files} files, ${tellBytes(bytes)})`);
}

/** Removes an earlier site of ours; never anything else. */
async function clear(out: string, deck: string): Promise<void> {
  const entries = await readdir(out).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  const earlier = await readFile(path.join(out, 'index.html'), 'utf8').catch(() => '');
  if (entries.length > 0 && !earlier.includes('<body data-feed="recorded"')) {
    throw new Mistake(`${out} holds other files. Name an empty folder: -o FOLDER`);
  }
  if (out === deck) throw new Mistake('The deck itself lies there. Name another folder: -o FOLDER');
  await makeFolder(out);
  await rm(path.join(out, 'app'), { recursive: true, force: true });
  for (const address of mediaIn(earlier)) {
    const file = await mediaFile(out, address);
    if (file !== undefined) await rm(file);
  }
}

/** As `mkdir -p`; Node.js's own never ends where the system lets nothing be made, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT') throw error;
    await makeFolder(path.dirname(folder));
    await mkdir(folder);
  }
}

/** Takes along the pictures, films and sounds that the slides and the author's own theme name. */
async function copyMedia(media: readonly string[], deck: string, out: string): Promise<void> {
  for (const address of media) {
    const file = await mediaFile(deck, address);
    if (file !== undefined) await cp(file, path.join(out, path.join(path.sep, address)));
  }
}

async function measure(directory: string): Promise<{ files: number; bytes: number }> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (entry) => (await stat(path.join(entry.parentPath, entry.name))).size),
  );
  return { files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
