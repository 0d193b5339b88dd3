import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CLI = path.join(ROOT, 'server/cli.ts');

export interface Served {
  /** With a slash at its end. */
  audience: string;
  presenter: string;
  process: ChildProcess;
  stop(): Promise<void>;
}

/** The companion as a process of its own, on a port of its own, with a memory of its own. */
export async function serve(
  deck: string,
  options: { args?: string[]; state?: string; cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Served> {
  const child = spawn(
    process.execPath,
    [CLI, 'start', deck, '--no-open', '--json', '--port', '0', ...(options.args ?? [])],
    {
      cwd: options.cwd ?? ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        XDG_STATE_HOME: options.state ?? path.join(ROOT, 'test-results/state'),
        ...options.env,
      },
    },
  );
  // Whoever forgets to stop it does not leave it behind.
  const abandon = () => void child.kill('SIGKILL');
  process.once('exit', abandon);
  child.once('exit', () => process.off('exit', abandon));
  const addresses = await firstLine(child);
  return {
    ...addresses,
    process: child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function firstLine(child: ChildProcess): Promise<{ audience: string; presenter: string }> {
  if (!child.stdout) throw new Error('no output to read');
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(() => {
    throw new Error('the companion ended before it said where it is');
  });
  const [line] = await Promise.race([once(lines, 'line'), ended]);
  ended.catch(() => undefined);
  const { audience, presenter }: Record<string, unknown> = JSON.parse(String(line));
  return { audience: String(audience), presenter: String(presenter) };
}
