import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs git in a folder, with nobody's settings; @returns what it printed, trimmed */
export async function git(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', args, {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_GLOBAL: devNull,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: 'Speaker',
      GIT_AUTHOR_EMAIL: 'speaker@example.test',
      GIT_COMMITTER_NAME: 'Speaker',
      GIT_COMMITTER_EMAIL: 'speaker@example.test',
    },
  });
  return stdout.trim();
}
