import type { FlowEvent, Seconds } from '../../src/shared/flow.ts';
import { empty, get, type Keyed, put } from './keyed.ts';
import { type ClusterObject, text } from './object.ts';
import type { Hosted } from './observation.ts';
import { redact, withoutSecrets } from './redact.ts';
import { delivered, noWebhooks, type Webhooks } from './webhook.ts';

/** Flux asks for the refs once more before it fetches. */
const again: Seconds = 1;

/** What is known of Git hosts: those that we hear, and where the others come in. */
export interface Git {
  /** Repositories that a Git host told us about, and when each was last asked for its refs. */
  heard: Keyed<{ asked?: Seconds }>;
  /** The GitRepository of each repository. */
  sources: Keyed<string>;
  webhooks: Webhooks;
}

export const noGit: Git = { heard: empty(), sources: empty(), webhooks: noWebhooks };

/** The repository of a GitRepository, as its Git host calls it: the path of its URL. */
export function repositoryOf({ kind, spec }: ClusterObject): string | undefined {
  if (kind !== 'GitRepository') return undefined;
  return /^\w+:\/\/[^/]+\/(.+)$/.exec(text(spec.url) ?? '')?.[1];
}

export function withSource(git: Git, repository: string, key: string): Git {
  if (get(git.sources, repository) === key) return git;
  return { ...git, sources: put(git.sources, repository, key) };
}

export function isHeard(git: Git, repository: string): boolean {
  return get(git.heard, repository) !== undefined;
}

/** What the Git host saw, as events. */
export function hosted(git: Git, { at, happened, repository }: Hosted): [Git, FlowEvent[]] {
  const asked = get(git.heard, repository)?.asked;
  const key = get(git.sources, repository);
  const about = key === undefined ? {} : { key };
  const heard = (when = asked): Git => ({
    ...git,
    heard: put(git.heard, repository, when === undefined ? {} : { asked: when }),
  });
  switch (happened.what) {
    case 'refs': {
      if (happened.service !== 'upload-pack') return [heard(), []];
      const same = asked !== undefined && at - asked <= again;
      return [
        heard(at),
        same ? [] : [{ type: 'pulse', from: 'source', to: 'git', why: 'poll', ...about }],
      ];
    }
    case 'receive-pack':
      return [heard(), pushed(happened)];
    case 'webhook': {
      if (happened.status === 400 && key !== undefined) {
        const text = 'The Receiver refused a webhook: its signature is wrong.';
        return [heard(), [{ type: 'notice', key, text, severity: 'warning' }]];
      }
      if (happened.status !== 200) return [heard(), []];
      const [webhooks, events] = delivered(git.webhooks, { at, repository, ...about });
      return [{ ...heard(), webhooks }, events];
    }
    case 'upload-pack':
    case 'refused':
      return [heard(), []];
    default:
      return happened satisfies never;
  }
}

function pushed(push: { revision?: string; subject?: string; patch?: string }): FlowEvent[] {
  const { revision, subject, patch } = push;
  const pulse: FlowEvent = {
    type: 'pulse',
    from: 'user',
    to: 'git',
    why: 'push',
    ...(revision !== undefined && { revision }),
  };
  if (revision === undefined || subject === undefined) return [pulse];
  return [
    pulse,
    {
      type: 'commit',
      revision,
      subject: redact(subject),
      ...(patch !== undefined && { patch: withoutSecrets(patch) }),
    },
  ];
}
