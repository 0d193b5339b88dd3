import { homedir } from 'node:os';
import path from 'node:path';

/** Whether this is the program as it is packed: compiled, its app built already. */
export const PACKED = import.meta.filename.endsWith('.js');

/** The folder of the program itself. What is packed lies a folder deeper, in build/. */
export const ROOT = path.resolve(import.meta.dirname, PACKED ? '../..' : '..');

/** The browser's side, where it is built already. */
export const BUILT_APP = path.join(ROOT, 'build', 'app');

/** Where it keeps what it can make again: the built app, drawn diagrams. */
export const CACHE = PACKED
  ? path.join(userCache(), 'fluxdeck')
  : path.join(ROOT, 'node_modules', '.cache', 'fluxdeck');

/** The recording that a deck plays without a cluster. */
export const RECORDING = 'webinar.jsonl';

/** What ships with it, served as it is. */
export const RECORDINGS = path.join(ROOT, 'assets', 'recordings');

/** By the XDG base directory specification, which has relative paths ignored. */
function userCache(): string {
  const named = process.env.XDG_CACHE_HOME ?? '';
  return path.isAbsolute(named) ? named : path.join(homedir(), '.cache');
}
