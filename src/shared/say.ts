import { cause } from './cause.ts';
import type { Flow, FlowEvent, Health, Pulse, Resource, Seconds } from './flow.ts';
import { blocker, reasonInWords } from './reason.ts';
import { kind, name, shortHash, shortRevision, span } from './words.ts';

const LONGEST_MESSAGE = 100;
const ROLLOUT = 'rolling out';
const UNTOLD: Seconds = 0.05;

/**
 * The one source of words: what an event means to someone who sees `flow`, as it was before it.
 * `at` is when it truly happened. Undefined for what is not worth a line.
 */
export function say(flow: Flow, event: FlowEvent, at: Seconds): string | undefined {
  switch (event.type) {
    case 'pulse':
      return sayPulse(flow, event, at);
    case 'changed':
      return sayChange(flow.resources.get(event.resource.key), event.resource, at);
    case 'removed':
      return flow.resources.has(event.key) ? `${title(event.key)}: deleted` : undefined;
    case 'commit':
      return `Commit ${shortHash(event.revision)}: “${event.subject}”`;
    case 'health':
      return sayHealth(flow, event);
    case 'notice':
    case 'position':
    case 'marker':
      return undefined;
    default:
      return event satisfies never;
  }
}

function sayPulse(flow: Flow, pulse: Pulse, at: Seconds): string | undefined {
  const who = pulse.key === undefined ? 'Flux' : title(pulse.key);
  const says = (what: string) => (pulse.key === undefined ? `${who} ${what}` : `${who}: ${what}`);
  const what = (verb: string, fallback: string) =>
    pulse.revision === undefined ? fallback : `${verb} ${shortRevision(pulse.revision)}`;
  const since = afterPush(flow, pulse.revision, at);
  switch (pulse.why) {
    case 'push':
      return pulse.revision === undefined
        ? 'Pushed to Git'
        : `Pushed ${shortHash(pulse.revision)} to Git`;
    case 'webhook':
      // It travels three hops and is one thing: told where every diagram's has it, as it leaves.
      return pulse.from === 'webhook' ? `Webhook delivered${since}` : undefined;
    case 'poll':
      return says('asked Git for changes');
    case 'fetch':
      return says(what('fetched', 'fetched a new artifact') + since);
    case 'attempt':
      return says(what('applying', 'applying') + since);
    case 'apply':
      return says(what('applied', 'applied') + since);
    case 'correct':
      return sayCorrection(flow, pulse, at);
    default:
      return pulse.why satisfies never;
  }
}

function sayCorrection(flow: Flow, { key, asked }: Pulse, at: Seconds): string {
  const byWhom = asked ? 'by Flux, as somebody asked' : 'by Flux';
  if (key === undefined) return 'Flux put back what had drifted';
  const resource = flow.resources.get(key);
  if (resource?.role !== 'cluster') return `${title(key)}: put back what had drifted`;
  const late =
    resource.status === 'drifted' ? `, ${span(at - resource.since)} after it drifted` : '';
  return `${title(key)}: put back ${byWhom}${late}`;
}

function sayChange(
  before: Resource | undefined,
  resource: Resource,
  at: Seconds,
): string | undefined {
  const fact =
    before?.status === resource.status
      ? sayCount(before, resource)
      : sayStatus(before, resource, at);
  return fact && `${title(resource.key)}: ${fact}`;
}

function sayStatus(
  before: Resource | undefined,
  resource: Resource,
  at: Seconds,
): string | undefined {
  switch (resource.status) {
    case 'failed':
      return sayFailure(resource);
    case 'waiting':
      return ['waiting', blocker(resource)].filter(Boolean).join(' for ');
    case 'drifted':
      return resource.next !== undefined && resource.next > at
        ? `drifted, Flux looks in ${span(resource.next - at)}`
        : 'drifted';
    case 'suspended':
      return 'suspended';
    case 'terminating':
      return 'being deleted';
    case 'progressing':
      if (before?.status === 'suspended') return 'resumed';
      return sayRollout(resource);
    case 'ready':
      if (before?.status === 'suspended') return 'resumed';
      if (before === undefined || before.status === 'unknown') return undefined;
      return count(resource) ?? (before.status === 'progressing' ? undefined : 'ready again');
    case 'unknown':
      return before && 'status unknown';
    default:
      return resource.status satisfies never;
  }
}

function sayFailure({ reason, message }: Resource): string {
  const why = reason === undefined ? 'failed' : reasonInWords(reason);
  if (!message) return why;
  const told = cause(message, LONGEST_MESSAGE);
  // Flux's messages tend to begin with the reason.
  return told.toLowerCase().includes(why) ? told : `${why}, ${told}`;
}

function sayRollout(resource: Resource): string | undefined {
  const counted = count(resource);
  return counted === undefined || counted === ROLLOUT ? counted : `${ROLLOUT}, ${counted}`;
}

function sayCount(before: Resource, resource: Resource): string | undefined {
  return count(before) === count(resource) ? undefined : count(resource);
}

/**
 * That all is lost, or back. Of single kinds the badge says it, and of connecting, too: nothing
 * has happened in the cluster.
 */
function sayHealth({ health: before, lines }: Flow, health: Health): string | undefined {
  const isBeginning = before.state === 'stale' && lines.length === 0;
  const isSame = isLost(health) ? isLost(before) && before.text === health.text : !isLost(before);
  return isBeginning || isSame ? undefined : health.text;
}

function isLost({ state, kinds }: Health): boolean {
  return state === 'stale' && kinds === undefined;
}

/** `2 of 3 ready`, of what has replicas. */
function count({ status, ready, total }: Resource): string | undefined {
  if (ready === undefined || total === undefined) return undefined;
  if (status === 'progressing' && ready >= total) return ROLLOUT;
  // While a rollout ends, more may be ready than are wanted.
  return `${Math.min(ready, total)} of ${total} ready`;
}

/** Only what carries the pushed commit itself is counted from the push. */
function afterPush({ push }: Flow, revision: string | undefined, at: Seconds): string {
  if (!push?.revision || !revision || shortHash(push.revision) !== shortHash(revision)) return '';
  // A push that only its arrival tells of has no time of its own.
  return at - push.at < UNTOLD ? '' : `, ${span(at - push.at)} after the push`;
}

function title(key: string): string {
  return `${kind(key)} ${name(key)}`;
}
