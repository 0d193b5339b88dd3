import { spawn } from 'node:child_process';

/** A program that has ended. `code` is 127 when there is no such program, 124 when it took too long. */
export interface Ran {
  code: number;
  out: string;
  err: string;
}

export interface RunOptions {
  /** The whole environment; ours when left out. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  input?: string;
  /** Milliseconds until it is ended. */
  timeout?: number;
}

/** Runs a program to its end, without a shell. It never throws: what went wrong is in `code`. */
export type Run = (program: string, args: readonly string[], options?: RunOptions) => Promise<Ran>;

const MISSING = 127;
const TOO_LONG = 124;

export const run: Run = (program, args, { env, cwd, input, timeout = 60_000 } = {}) =>
  new Promise((resolve) => {
    const said = { out: '', err: '' };
    const child = spawn(program, args, {
      ...(env && { env }),
      ...(cwd !== undefined && { cwd }),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const state = { late: false };
    const clock = setTimeout(() => {
      state.late = true;
      child.kill('SIGKILL');
      // What it started itself may live on and hold its streams.
      child.stdout.destroy();
      child.stderr.destroy();
    }, timeout);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.err += text;
    });
    child.on('error', (error) => {
      clearTimeout(clock);
      resolve({ code: MISSING, out: '', err: error.message });
    });
    child.on('close', (code) => {
      clearTimeout(clock);
      resolve({ code: state.late ? TOO_LONG : (code ?? 1), ...said });
    });
    // A program that reads nothing may be gone before its input is.
    child.stdin.on('error', () => undefined).end(input ?? '');
  });
