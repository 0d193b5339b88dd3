import type { AskApi } from '../api.ts';
import { parsed, textAt } from './apiValue.ts';
import { type Finding, failure, ok, warning } from './check.ts';

/** The cluster that `start` would follow. */
export type ClusterFacts =
  | { cluster: 'none' | 'unfinished' }
  | { cluster: 'demo' | 'named'; greeting: Greeting; node?: string };

/** How the API server answered. */
export type Greeting =
  | { status: number; version?: string; milliseconds: number }
  /** Not at all; with the reason where the kubeconfig tells it. */
  | { silent: true; mistake?: string };

/** Milliseconds; all that is shown has to come this way. */
const SLOW = 500;

/** @param now milliseconds */
export async function greet(ask: AskApi, now: () => number): Promise<Greeting> {
  const ready = { method: 'GET', path: '/readyz' } as const;
  try {
    // The first one pays for the connection.
    const first = await ask(ready);
    if (first.status !== 200) return { status: first.status, milliseconds: 0 };
    const before = now();
    const { status } = await ask(ready);
    const milliseconds = Math.round(now() - before);
    const about = await ask({ method: 'GET', path: '/version' });
    const version = textAt(parsed(about.body), 'gitVersion');
    return { status, milliseconds, ...(version !== undefined && { version }) };
  } catch {
    return { silent: true };
  }
}

/** Whether there is any use in asking it more. */
export function answers(facts: ClusterFacts): boolean {
  return 'greeting' in facts && 'status' in facts.greeting && facts.greeting.status === 200;
}

export function judgeCluster(facts: ClusterFacts): Finding {
  switch (facts.cluster) {
    case 'none':
      return warning(
        'there is no demo: the talk plays its recorded run',
        '`fluxdeck demo up` makes one.',
      );
    case 'unfinished':
      return warning(
        '`demo up` did not come to its end: the talk plays its recorded run',
        'fluxdeck demo up',
      );
    case 'demo':
    case 'named':
      return judgeGreeting(facts);
    default:
      return facts satisfies never;
  }
}

function judgeGreeting({
  cluster,
  greeting,
  node,
}: Extract<ClusterFacts, { greeting: Greeting }>): Finding {
  const isDemo = cluster === 'demo';
  if ('silent' in greeting) {
    const words = greeting.mistake ?? 'the API server does not answer';
    return failure(words, isDemo ? wake(node) : 'Try it by hand: kubectl --context NAME version');
  }
  const { status, version = 'of a version that it does not tell', milliseconds } = greeting;
  if (status === 401 || status === 403) {
    return failure(
      'the API server does not accept your credentials',
      isDemo ? 'fluxdeck demo up' : 'Log in again, as kubectl asks for it.',
    );
  }
  if (status !== 200) {
    return failure(`the API server is not ready (HTTP ${status})`, isDemo ? wake(node) : 'Wait.');
  }
  const words = `Kubernetes ${version} answers in ${milliseconds} ms`;
  return milliseconds < SLOW
    ? ok(words)
    : warning(words, 'It is busy, or far away: what happens in it will show late.');
}

function wake(node: string | undefined): string {
  const start = node === undefined ? '' : `docker start ${node}; if that does not help, `;
  return `${start}fluxdeck demo up`;
}
