import { type Clock, clockAt } from './clock.ts';
import type { Commit, Flow, Resource, Role, Seconds, Status } from './flow.ts';
import { blocker, reasonInWords } from './reason.ts';
import { shortHash, shortRevision } from './words.ts';

/** The second line of a node: one fact in a few forms. A subject, in quotes, may be cut to fit. */
export interface Fact {
  /** From the fullest to the shortest; the last has at most 16 characters wherever words allow. */
  forms: readonly string[];
  /** When the words change by themselves. */
  next?: Seconds;
}

/** Room that every node has for its second line, in characters. */
const ROOM = 16;

/** The roles whose second line says what they did last. */
const DOERS: readonly Role[] = ['user', 'git', 'webhook', 'receiver'];

/** Reasons whose words need more room than there is. */
const SHORT: Readonly<Record<string, string>> = {
  ArtifactFailed: 'no artifact',
  AuthenticationFailed: 'access refused',
  BucketOperationFailed: 'fetch failed',
  GitOperationFailed: 'fetch failed',
  HealthCheckFailed: 'unhealthy',
  IndexationFailed: 'fetch failed',
  OCIArtifactPullFailed: 'fetch failed',
  ProgressDeadlineExceeded: 'rollout is stuck',
  ReconciliationFailed: 'apply failed',
  RollbackSucceeded: 'rolled back',
  UninstallSucceeded: 'uninstalled',
};

/** What a role did last and how long ago; undefined where it did nothing or has a status that says more. */
export function remembered(flow: Flow, role: Role, now: Seconds): Fact | undefined {
  const did = DOERS.includes(role) ? flow.facts.get(role) : undefined;
  if (!did) return undefined;
  const clock = clockAt(now);
  const forms = distinct([`${did.text} ${clock.ago(did.at)}`, did.text, shortened(did.text)]);
  return { forms, ...changing(clock) };
}

/** What resources of one role say together; `status` is the worst of theirs. */
export function factOf(
  all: readonly Resource[],
  status: Status,
  now: Seconds,
  commits: Flow['commits'],
): Fact {
  const those = all.filter((resource) => resource.status === status);
  if (status === 'drifted') return drift(those, now);
  const counted = all.filter(({ total }) => total !== undefined);
  if (counted.length > 0 && (status === 'ready' || status === 'progressing'))
    return { forms: [rollout(counted, status)] };
  const [only, ...others] = all;
  if (only && others.length === 0) return { forms: distinct(single(only, commits)) };
  return { forms: [`${those.length} of ${all.length} ${plural(all, status)}`] };
}

function drift(drifted: readonly Resource[], now: Seconds): Fact {
  const due = Math.min(...drifted.map(({ next }) => next ?? Number.POSITIVE_INFINITY));
  const clock = clockAt(now);
  const left = clock.until(due);
  if (left === undefined) return { forms: ['drifted'] };
  const forms = [
    `drifted, Flux looks in ${left}`,
    `drifted, ${left} left`,
    `drifted · ${left}`,
    'drifted',
  ];
  return { forms, ...changing(clock) };
}

function changing(clock: Clock): Pick<Fact, 'next'> {
  const next = clock.next();
  return next === undefined ? {} : { next };
}

function rollout(workloads: readonly Resource[], status: Status): string {
  const ready = sum(workloads.map((workload) => workload.ready ?? 0));
  const total = sum(workloads.map((workload) => workload.total ?? 0));
  if (status === 'progressing' && ready >= total) return 'rolling out';
  if (ready > total) return 'scaling down';
  // While a rollout ends, more may be ready than are wanted.
  return total === 0 ? 'scaled to zero' : `${Math.min(ready, total)} of ${total} ready`;
}

function single(resource: Resource, commits: Flow['commits']): string[] {
  const { role, status, revision, attempted } = resource;
  switch (status) {
    case 'ready': {
      if (role === 'receiver') return ['listening'];
      if (revision === undefined) return ['ready'];
      const subject = quotedSubject(revision, commits);
      // Both say the same commit when both have it: where it is, the picture says.
      if (subject !== undefined) return [`${subject} · ${shortHash(revision)}`, subject];
      if (role === 'applier') return hashes(revision).map((hash) => `applied ${hash}`);
      return [shortRevision(revision), ...hashes(revision)];
    }
    case 'progressing':
      if (role === 'source') return ['fetching'];
      if (role === 'cluster') return ['rolling out'];
      if (attempted === undefined || attempted === revision) return ['reconciling'];
      return applying(attempted, quotedSubject(attempted, commits));
    case 'waiting':
      return waiting(resource);
    case 'failed':
      return failed(resource);
    case 'suspended':
      return revision === undefined
        ? ['suspended']
        : [...hashes(revision).map((hash) => `suspended at ${hash}`), 'suspended'];
    case 'terminating':
      return ['being deleted'];
    case 'drifted':
    case 'unknown':
      return [status];
    default:
      return status satisfies never;
  }
}

function applying(revision: string, subject: string | undefined): string[] {
  if (subject === undefined)
    return [...hashes(revision).map((hash) => `applying ${hash}`), 'applying'];
  return [
    `applying ${subject} · ${shortHash(revision)}`,
    `applying ${subject}`,
    ...hashes(revision).map((hash) => `applying ${hash}`),
  ];
}

/** What the author of a revision says that it is, if that is known. */
export function commitOf(revision: string, commits: Flow['commits'] = []): Commit | undefined {
  const hash = shortHash(revision);
  return commits.findLast((commit) => shortHash(commit.revision) === hash);
}

function quotedSubject(revision: string, commits: Flow['commits']): string | undefined {
  const commit = commitOf(revision, commits);
  return commit && `“${commit.subject}”`;
}

function waiting(resource: Resource): string[] {
  const thing = blocker(resource);
  if (thing === undefined) return ['waiting'];
  if (resource.reason === 'ArtifactFailed') return [`waiting for ${thing}`, 'no artifact yet'];
  return [`waiting for ${thing}`, `needs ${thing}`, 'waiting'];
}

function failed({ reason }: Resource): string[] {
  if (reason === undefined) return ['failed'];
  const short = SHORT[reason];
  return [reasonInWords(reason), ...(short === undefined ? [] : [short]), 'failed'];
}

/** A chart's version carries what it was built from after a plus. */
function hashes(revision: string): string[] {
  const hash = shortHash(revision);
  return distinct([hash, hash.replace(/\+.*$/, '')]);
}

function plural(all: readonly Resource[], status: Status): string {
  if (status === 'terminating') return 'deleting';
  if (status !== 'progressing') return status;
  return all.every(({ role }) => role === 'source') ? 'fetching' : 'applying';
}

function shortened(text: string): string {
  if (text.length <= ROOM) return text;
  const end = text.endsWith('”') ? '…”' : '…';
  return text.slice(0, ROOM - end.length).trimEnd() + end;
}

function distinct(forms: readonly string[]): string[] {
  return [...new Set(forms)];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
