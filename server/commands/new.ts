import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../cache.ts';
import type { Io } from '../io.ts';
import { Mistake, reasonOf, systemCode } from '../mistake.ts';
import { ownVersion } from '../version.ts';

const TEMPLATES = path.join(ROOT, 'assets', 'new');

/** Begins a talk: a folder with all that one needs to write, check and publish it. */
export async function newTalk(name: string, options: { json?: boolean }, io: Io): Promise<void> {
  const folder = path.resolve(name);
  const deck = `${slug(path.basename(folder))}.md`;
  const template = (file: string) => readFile(path.join(TEMPLATES, file), 'utf8');
  const values = { title: titleOf(path.basename(folder)), date: today() };
  const files = {
    [deck]: filled(await template('talk.md'), values),
    'theme.css': await template('theme.css'),
    'river.svg': await template('river.svg'),
    'package.json': manifest(path.basename(folder), deck),
    // npm would take a file of that name for its own.
    '.gitignore': await template('gitignore'),
    '.github/workflows/publish.yml': await template('publish.yml'),
  };
  try {
    await refuseOthers(folder, name);
    for (const [file, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), text, { flag: 'wx' });
    }
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw new Mistake(`${name} can't be written: ${reasonOf(error)}. Choose another folder.`);
  }
  if (options.json) io.out(JSON.stringify({ folder, deck, files: Object.keys(files) }));
  else io.out(invitation(path.relative('', folder), deck));
}

/** A repository that was made for it is as good as empty. */
async function refuseOthers(folder: string, name: string): Promise<void> {
  const entries = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  const others = entries.filter((entry) => entry !== '.git');
  if (others.length === 0) return;
  throw new Mistake(`${name} holds files already, as ${others[0]}. Name a folder that is new.`);
}

/** `my-talk` is “My talk”. */
function titleOf(name: string): string {
  const words = name.replace(/[-_\s]+/g, ' ').trim();
  return words === '' ? 'My talk' : words.replace(/^\p{L}/u, (letter) => letter.toUpperCase());
}

/** A name that is good in a shell and in an address. */
function slug(name: string): string {
  const plain = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return plain.replace(/^-|-$/g, '') || 'talk';
}

function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? '');
}

function manifest(name: string, deck: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const own = plain.replace(/^-|-$/g, '') || 'talk';
  const talk = {
    // npm installs nothing into a package of its own name.
    name: own === 'fluxdeck' ? 'fluxdeck-talk' : own,
    version: '1.0.0',
    private: true,
    type: 'module',
    fluxdeck: { deck },
    scripts: {
      start: 'fluxdeck start',
      write: 'fluxdeck start --dev',
      check: 'fluxdeck check',
      build: 'fluxdeck build',
    },
    dependencies: { fluxdeck: ownVersion() },
  };
  return `${JSON.stringify(talk, null, 2)}\n`;
}

function invitation(folder: string, deck: string): string {
  const enter = folder === '' ? [] : [`  cd ${/\s/.test(folder) ? `"${folder}"` : folder}`];
  return [
    `${path.join(folder, deck)} is your talk. Next:`,
    ...enter,
    '  npm install',
    '  npm run write      it opens; each save shows at once',
    '  npm run check      what is wrong with it',
    '  npm start          present it',
    '  npm run build      a static site in dist/',
  ].join('\n');
}

/** As the calendar on this machine's wall has it. */
function today(): string {
  const now = new Date();
  const two = (number: number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
