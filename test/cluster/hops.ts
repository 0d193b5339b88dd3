import { reading } from '../helpers/reading.ts';
import { keyOf, readable } from './agreement.ts';
import type { Heard } from './audience.ts';
import { git } from './git.ts';
import type { Line } from './rawFollow.ts';

/** What happened that no revision of an object tells of. */
export interface Hops {
  /** Each as its revision and subject, in their order. */
  pushed: readonly string[];
  webhooks: number;
  corrections: number;
}

/**
 * By nothing of the program's: what Git has after its first commit, how often a Receiver asked for
 * the source, what Flux put back.
 * @param repository a folder
 */
export async function hopsDone(
  lines: readonly Line[],
  keys: readonly string[],
  repository: string,
): Promise<Hops> {
  const own = lines.filter((line) => line.object && keys.includes(keyOf(line)));
  const { webhook, correct } = reading(readable(own)).pulses;
  const log = await git(repository, 'log', '--reverse', '--format=%H %s');
  const [, ...commits] = log.split('\n');
  return {
    pushed: commits.map((commit) => `main@sha1:${commit}`),
    webhooks: webhook.length,
    corrections: correct.length,
  };
}

/** What an audience was told of it. */
export function hopsTold(heard: readonly Heard[]): Hops {
  const subjects = new Map<string, string>();
  const pushed: string[] = [];
  let webhooks = 0;
  let corrections = 0;
  for (const { event } of heard)
    if (event.type === 'commit') subjects.set(event.revision, event.subject);
  for (const { event } of heard) {
    if (event.type !== 'pulse') continue;
    const { why, to, revision = '' } = event;
    if (why === 'push') pushed.push(`${revision} ${subjects.get(revision)}`);
    if (why === 'webhook' && to === 'source') webhooks += 1;
    if (why === 'correct') corrections += 1;
  }
  return { pushed, webhooks, corrections };
}
