import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** The Node.js of this machine itself, if it is too old to run the program. */
export function systemNode(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return [...folders, '/usr/local/bin', '/usr/bin']
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => path.join(folder, 'node'))
    .find((node) => {
      try {
        const version = execFileSync(node, ['--version'], { encoding: 'utf8' });
        return Number(/^v(\d+)/.exec(version)?.[1]) < 24;
      } catch {
        return false;
      }
    });
}
