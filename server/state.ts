import { homedir } from 'node:os';
import path from 'node:path';

/** Where what outlives a process is kept, by the XDG base directory specification. */
export function stateDirectory(): string {
  const named = process.env.XDG_STATE_HOME ?? '';
  // The specification has relative paths ignored.
  const base = path.isAbsolute(named) ? named : path.join(homedir(), '.local', 'state');
  return path.join(base, 'fluxdeck');
}
