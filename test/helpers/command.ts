import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');
const CLI = path.join(ROOT, 'server/cli.ts');
/** Milliseconds after which a command hangs. */
const LIMIT = 20_000;

export interface Surroundings {
  cwd?: string;
  /** Where talks are remembered. */
  state?: string;
  /** The Node.js and the program that it runs. */
  node?: string;
  program?: string;
  /** On top of ours. */
  env?: NodeJS.ProcessEnv;
}

/** A command that has ended; `code` is null when it did not by itself. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export interface Launched {
  process: ChildProcess;
  ended: Promise<Ended>;
  /** What it has said or says next, on either stream; once it has ended without, an error. */
  says: (pattern: RegExp) => Promise<RegExpExecArray>;
}

/** Runs fluxdeck until it ends. */
export function fluxdeck(args: string[], surroundings: Surroundings = {}): Promise<Ended> {
  return launch(args, surroundings).ended;
}

/** Runs fluxdeck in a process of its own, with no terminal. */
export function launch(
  args: string[],
  { cwd = ROOT, state, node = process.execPath, program = CLI, env = {} }: Surroundings = {},
): Launched {
  const child = spawn(node, [program, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT,
    killSignal: 'SIGKILL',
    env: {
      ...process.env,
      XDG_STATE_HOME: state ?? path.join(ROOT, 'test-results/state'),
      ...env,
    },
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const closed = once(child, 'close');
  return {
    process: child,
    ended: closed.then(() => ({ code: child.exitCode, ...said })),
    async says(pattern) {
      for (;;) {
        const match = pattern.exec(said.out) ?? pattern.exec(said.err);
        if (match) return match;
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Error(`It ended without ${pattern}: ${said.out}${said.err}`);
        }
        await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), closed]);
      }
    },
  };
}
