import path from 'node:path';

/** The folder of the program itself. */
export const ROOT = path.resolve(import.meta.dirname, '..');

/** Where it keeps what it can make again: the built app, drawn diagrams. */
export const CACHE = path.join(ROOT, 'node_modules', '.cache', 'fluxdeck');

/** The recording that a deck plays without a cluster. */
export const RECORDING = 'webinar.jsonl';

/** What ships with it, served as it is. */
export const RECORDINGS = path.join(ROOT, 'assets', 'recordings');
