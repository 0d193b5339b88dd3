import type { AskApi } from '../api.ts';
import { at, itemsOf, parsed, textAt } from './apiValue.ts';
import { type Finding, failure, ok, skipped, taleOf, warning } from './check.ts';

export type GitHostFacts =
  /** The demo's own, asked by the cluster's node, whose way out is that of its pods. */
  | { host: 'ours'; address: string; answer: 'it' | 'another' | 'nobody'; open: boolean }
  | { host: 'unopened'; why: string }
  | { host: 'foreign'; sources: readonly SourceState[] }
  | { host: 'none'; why: string };

/** What a GitRepository says of its Git host. */
export interface SourceState {
  name: string;
  ready: boolean;
  /** As Flux gives it, in one word: its message may hold an address. */
  reason: string;
}

const LIST = '/apis/source.toolkit.fluxcd.io/v1/gitrepositories';

export async function readSources(ask: AskApi): Promise<SourceState[]> {
  const { body } = await ask({ method: 'GET', path: LIST });
  return itemsOf(parsed(body)).map((source) => {
    const conditions = at(source, 'status', 'conditions');
    const all: unknown[] = Array.isArray(conditions) ? conditions : [];
    const ready = all.find((each) => at(each, 'type') === 'Ready');
    return {
      name: textAt(source, 'metadata', 'name') ?? '',
      ready: at(ready, 'status') === 'True',
      reason: textAt(ready, 'reason') ?? 'not fetched yet',
    };
  });
}

/** What the node has to run: bash knows TCP, and no proxy of the node's is in its way. */
export function knockArguments(node: string, host: string, port: number): string[] {
  const script =
    'exec 3<>"/dev/tcp/$1/$2" && printf "GET / HTTP/1.0\\r\\n\\r\\n" >&3 && head -c 2000 <&3';
  return ['exec', node, 'timeout', '4', 'bash', '-c', script, 'knock', host, String(port)];
}

/** @param out what came back over the connection */
export function answerIn(
  out: string,
  header: string,
  id: string,
): Extract<GitHostFacts, { host: 'ours' }>['answer'] {
  if (!out.startsWith('HTTP/')) return 'nobody';
  const named = out.split(/\r?\n/).some((line) => {
    const [name = '', value = ''] = line.split(/:\s*/);
    return name.toLowerCase() === header.toLowerCase() && value === id;
  });
  return named ? 'it' : 'another';
}

export function judgeGitHost(facts: GitHostFacts): Finding {
  switch (facts.host) {
    case 'none':
      return skipped(facts.why);
    case 'unopened': {
      const { words, cure = 'fluxdeck demo up' } = taleOf(facts.why);
      return failure(words, cure);
    }
    case 'foreign':
      return judgeSources(facts.sources);
    case 'ours': {
      const { address, answer, open } = facts;
      if (answer === 'it') {
        return ok(`the cluster’s node reaches it at ${address}${open ? '' : ' (opened to try)'}`);
      }
      if (answer === 'another') {
        return failure(
          `at ${address} the cluster’s node finds another program`,
          'End that program, or `fluxdeck demo down` and `demo up`: they take another port.',
        );
      }
      const cure = open
        ? 'Start the talk again: Docker’s network may be another one since.'
        : `Does a firewall keep Docker’s network kind from port ${address.split(':').at(-1)}?`;
      return failure(`the cluster’s node does not reach it at ${address}`, cure);
    }
    default:
      return facts satisfies never;
  }
}

function judgeSources(sources: readonly SourceState[]): Finding {
  if (sources.length === 0) return skipped('the cluster has no GitRepository');
  const away = sources.filter(({ ready }) => !ready);
  if (away.length === 0)
    return ok(`${sources.length} of ${sources.length} GitRepositories are ready`);
  const told = away.slice(0, 3).map(({ name, reason }) => `${name}: ${reason}`);
  return warning(
    `${away.length} of ${sources.length} GitRepositories are not ready (${told.join(', ')})`,
    'flux get sources git --all-namespaces',
  );
}
