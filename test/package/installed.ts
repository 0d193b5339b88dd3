import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { ROOT } from '../helpers/command.ts';
import { systemNode } from '../helpers/systemNode.ts';

/** What npm may need to know of this machine to reach a registry. */
const NETWORK = /^((https?|no|all)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+)$/i;

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Somebody's machine: its own Node.js, none of ours, and folders that go when the tests end. */
export interface Machine {
  folder: string;
  /** The version of its Node.js. */
  node: string;
  run: (command: string, args: string[], cwd: string) => Promise<Ended>;
  launch: (command: string, args: string[], cwd: string) => ChildProcess;
}

export function someMachine(): Machine {
  const folder = mkdtempSync(path.join(tmpdir(), 'fluxdeck-machine-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const node = systemNode() ?? process.execPath;
  const own = (name: string) => {
    const made = path.join(folder, name);
    mkdirSync(made);
    return made;
  };
  const network = Object.entries(process.env).filter(([name]) => NETWORK.test(name));
  const env = {
    ...Object.fromEntries(network),
    // Where npm finds its settings and what it has fetched before.
    HOME: homedir(),
    PATH: [path.dirname(node), '/usr/local/bin', '/usr/bin', '/bin'].join(path.delimiter),
    XDG_STATE_HOME: own('state'),
    XDG_CACHE_HOME: own('cache'),
  };
  const launch: Machine['launch'] = (command, args, cwd) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // npx has children of its own: all are signalled together, as by a terminal.
      detached: true,
    });
    const end = () => {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    return child;
  };
  return {
    folder,
    node: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(),
    launch,
    async run(command, args, cwd) {
      const child = launch(command, args, cwd);
      const said = { out: '', err: '' };
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        said.out += text;
      });
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        said.err += text;
      });
      await once(child, 'close');
      return { code: child.exitCode, ...said };
    },
  };
}

/** Packs this repository as for the registry. @returns the archive, and how many bytes it has */
export async function pack({ folder, run }: Machine): Promise<{ archive: string; bytes: number }> {
  const { code, err } = await run('npm', ['pack', '--pack-destination', folder], ROOT);
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (code !== 0 || name === undefined) throw new Error(`npm pack ended with ${code}: ${err}`);
  const archive = path.join(folder, name);
  return { archive, bytes: statSync(archive).size };
}

/** The packages that are in a folder's node_modules, those in scopes with their scope. */
export function packagesIn(folder: string): string[] {
  const lock: unknown = JSON.parse(
    readFileSync(path.join(folder, 'node_modules/.package-lock.json'), 'utf8'),
  );
  if (typeof lock !== 'object' || lock === null || !('packages' in lock)) return [];
  return Object.keys(Object(lock.packages)).map((at) => at.replace(/^.*node_modules\//, ''));
}
