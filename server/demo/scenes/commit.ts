import type { Flow } from '../../../src/shared/flow.ts';
import {
  hasBrokenReplicas,
  MANIFEST,
  nextGreeting,
  PAGE,
  withBrokenReplicas,
  withMessage,
} from './manifest.ts';
import type { Hands, Parts, Repository, Scene } from './scene.ts';
import {
  isAt,
  isBroken,
  isRolledOut,
  isSuspended,
  missing,
  title,
  unrest,
  whyNotApplied,
} from './standing.ts';

/** A new version. While Flux is suspended it comes as far as the source. */
export const push: Scene = {
  name: 'push',
  refusal(flow, parts) {
    return isSuspended(flow, parts) ? missing(flow, [parts.source]) : unrest(flow, parts);
  },
  act: (hands) => greet(hands, { announced: true }),
  ended(flow, begun) {
    const source = flow.resources.get(begun.parts.source);
    if (isSuspended(flow, begun.parts)) return isAt(source?.revision, begun.revision);
    return isRolledOut(flow, begun);
  },
  failure: whyNotApplied,
  limit: 60,
};

/** A new version that no webhook announces: Flux finds it when it looks. */
export const poll: Scene = {
  name: 'poll',
  refusal: unrest,
  act: (hands) => greet(hands, { announced: false }),
  ended: isRolledOut,
  failure: whyNotApplied,
  limit: 120,
};

/** A commit that can't be applied. */
export const breakIt: Scene = {
  name: 'break',
  refusal: unrest,
  async act(hands) {
    const repository = ours(hands);
    const manifest = await repository.read(MANIFEST);
    return repository.commit(
      { [MANIFEST]: withBrokenReplicas(manifest) },
      { subject: 'Scale to two' },
    );
  },
  ended({ resources }, { revision, parts }) {
    const applier = resources.get(parts.applier);
    return applier?.status === 'failed' && isAt(applier.attempted, revision);
  },
  limit: 60,
};

/** Back to what was applied last. */
export const fix: Scene = {
  name: 'fix',
  refusal(flow, parts) {
    const gone = missing(flow, [parts.applier, parts.workload]);
    if (gone !== undefined || isBroken(flow, parts)) return gone;
    return `Nothing is broken, so there is nothing to fix. Run the scene break first.`;
  },
  async act(hands) {
    const repository = ours(hands);
    const good = lastApplied(hands.flow, hands.parts);
    const files = await repository.changedSince(good);
    const isOurs = hasBrokenReplicas(await repository.read(MANIFEST));
    const contents = await Promise.all(
      files.map(async (file) => [file, await repository.read(file, good)] as const),
    );
    const subject = isOurs ? 'Fix the replica count' : 'Go back to what worked';
    return repository.commit(Object.fromEntries(contents), { subject });
  },
  ended: isRolledOut,
  failure: whyNotApplied,
  limit: 60,
};

async function greet(hands: Hands, told: { announced: boolean }): Promise<{ revision: string }> {
  const repository = ours(hands);
  const page = await repository.read(PAGE);
  const { message, subject } = nextGreeting(page);
  return repository.commit({ [PAGE]: withMessage(page, message) }, { subject, ...told });
}

function ours({ repository }: Hands): Repository {
  if (repository) return repository;
  throw new Error('The Git host of this cluster is not ours. Push by hand: it shows all the same.');
}

function lastApplied({ resources }: Flow, { applier }: Parts): string {
  const revision = resources.get(applier)?.revision;
  if (revision !== undefined) return revision;
  throw new Error(
    `${title(applier)} has never applied anything, so there is nothing to go back to. Run “fluxdeck demo reset”.`,
  );
}
