import { execFileSync } from 'node:child_process';
import { devNull } from 'node:os';
import type { Controlled } from './controlled.ts';

/** The node of a kind cluster: a container, with processes that a test may kill and stop. */
export interface KindNode {
  /** A file's text. */
  read: (file: string) => string;
  /** One of the control plane's programs, or of Flux's. */
  process: (name: string) => Controlled;
}

/** As long as Linux keeps a process's name. */
const LONGEST_NAME = 15;

/** @param container Docker's name for it */
export function openNode(container: string): KindNode {
  const run = (...command: string[]) =>
    execFileSync('docker', ['exec', container, ...command], { encoding: 'utf8' });
  const signal = (name: string, program: string) =>
    run('pkill', `-${name}`, '-x', program.slice(0, LONGEST_NAME));
  const known = new Map<string, Controlled>();

  const control = (name: string): Controlled => {
    let running = true;
    return {
      name,
      // What it says the kubelet keeps, as long as its pod lives.
      log: devNull,
      get running() {
        return running;
      },
      pid: undefined,
      start() {
        if (running) throw new Error(`${name} runs already`);
        running = true;
        signal('CONT', 'kubelet');
      },
      kill() {
        // It would start it again at once.
        signal('STOP', 'kubelet');
        signal('KILL', name);
        running = false;
        return Promise.resolve();
      },
      pause: () => void signal('STOP', name),
      resume: () => void signal('CONT', name),
    };
  };
  return {
    read: (file) => run('cat', file),
    process(name) {
      const controlled = known.get(name) ?? control(name);
      known.set(name, controlled);
      return controlled;
    },
  };
}
