import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { Hopeless } from './patience.ts';

/** A process of the cluster, which a test may kill, stop and start again. */
export interface Controlled {
  readonly name: string;
  /** A file: what it said, in all its lives. */
  readonly log: string;
  readonly running: boolean;
  readonly pid: number | undefined;
  /** Starts it as it was started first. */
  start: () => void;
  /** Resolves when it has ended. */
  kill: (signal?: NodeJS.Signals) => Promise<void>;
  /** SIGSTOP: it hangs, and its sockets with it. */
  pause: () => void;
  /** SIGCONT. */
  resume: () => void;
}

export interface Command {
  name: string;
  program: string;
  args: readonly string[];
  cwd: string;
  env?: NodeJS.ProcessEnv;
  log: string;
}

/** Lines of its log that an error quotes. */
const LAST_WORDS = 15;

export function control({ name, program, args, cwd, env, log }: Command): Controlled {
  let child: ChildProcess | undefined;
  const running = () => child?.exitCode === null && child.signalCode === null;
  return {
    name,
    log,
    get running() {
      return running();
    },
    get pid() {
      return child?.pid;
    },
    start() {
      if (running()) throw new Error(`${name} runs already`);
      const file = openSync(log, 'a');
      // Not of the terminal's group: Ctrl+C ends the tests, and the tests end this.
      child = spawn(program, args, {
        cwd,
        env: { ...process.env, ...env },
        stdio: ['ignore', file, file],
        detached: true,
      });
      closeSync(file);
      child.on('error', () => undefined);
      guard(child);
    },
    async kill(signal = 'SIGKILL') {
      if (!child || !running()) return;
      child.ref();
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
    pause() {
      child?.kill('SIGSTOP');
    },
    resume() {
      child?.kill('SIGCONT');
    },
  };
}

/** @throws Hopeless when it has ended, with its last words */
export function assertRunning({ name, running, log }: Controlled): void {
  if (running) return;
  const words = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LAST_WORDS);
  throw new Hopeless(`${name} has ended:\n${words.join('\n')}`);
}

/**
 * Kills a process when this one is gone, whatever ended it: the shell reads from a pipe that closes
 * with us.
 */
function guard(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const keeper = spawn('sh', ['-c', 'read -r _; kill -KILL "$0"', `${child.pid}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  keeper.on('error', () => undefined);
  child.once('exit', () => keeper.kill('SIGKILL'));
  // A run that forgets to stop its cluster ends all the same, and the cluster with it.
  child.unref();
  keeper.unref();
}
