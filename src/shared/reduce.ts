import type {
  Fact,
  Flow,
  FlowEvent,
  Health,
  Line,
  Pulse,
  Resource,
  Role,
  Seconds,
} from './flow.ts';
import { last, transition, withCommit, withNotice, withTransition } from './memory.ts';
import { HOP } from './pace.ts';
import { say } from './say.ts';
import { shortHash } from './words.ts';

const LINES = 20;
const HAPPENED = 200;
const PULSE_LIFE: Seconds = 1;
/** What one stream tells at once may come in pieces, this far apart. */
const TOGETHER: Seconds = 1;

/** A flow of which nothing is known yet but how far it can be trusted. */
export function empty(health: Health): Flow {
  return { resources: new Map(), health, lines: [], pulses: [], facts: new Map() };
}

/** An event, when it truly happened, and when it is shown. */
interface Told {
  event: FlowEvent;
  at: Seconds;
  shown?: Seconds;
}

/** Maps made since a batch began: nobody else has them yet, so they may still be written to. */
type Fresh = Set<ReadonlyMap<unknown, unknown>>;

/**
 * The one reducer, of live and recorded play alike: the flow after one more event.
 * `at` is when it truly happened, which words tell; `shown` is when its dot sets off on the glass,
 * later than `at` under a pace. The flow given stays valid.
 */
export function reduce(flow: Flow, event: FlowEvent, at: Seconds, shown: Seconds = at): Flow {
  return reduceAll(flow, [{ event, at, shown }]);
}

/** The flow after several events: the same as one by one, but each map is copied once at most. */
export function reduceAll(flow: Flow, events: readonly Told[]): Flow {
  const fresh: Fresh = new Set();
  let after = flow;
  for (const { event, at, shown = at } of events) {
    // Words first: they tell a change from what was before it.
    const line = lineOf(after, event, at, shown);
    const pulses = withPulse(after.pulses, event, shown);
    const told = line && withLine(after, line, isRoutine(event));
    after = { ...apply(after, event, at, fresh), pulses, ...told };
  }
  return after;
}

/** What a diagram shows on entering: all that is true, nothing of how it came about but for who asks. */
export function atRest(flow: Flow): Flow {
  return { ...flow, lines: [], pulses: [], facts: new Map() };
}

function apply(flow: Flow, event: FlowEvent, at: Seconds, fresh: Fresh): Flow {
  switch (event.type) {
    case 'changed':
      return applyChange(flow, event.resource, at, fresh);
    case 'removed':
      return { ...flow, ...without(flow, event.key, fresh) };
    case 'pulse':
      return applyPulse(flow, event, at);
    case 'commit':
      return applyCommit(flow, event, at);
    case 'notice': {
      const { key, text, severity } = event;
      // Nothing shows it, and nothing would ever take it away again.
      if (!flow.resources.has(key)) return flow;
      const notices = ownCopy(flow.notices ?? new Map(), fresh);
      notices.set(key, withNotice(notices.get(key), { at, text, severity }));
      return { ...flow, notices };
    }
    case 'health': {
      const { type: _, ...health } = event;
      return { ...flow, health };
    }
    case 'position': {
      const { type: _, ...position } = event;
      return { ...flow, position };
    }
    case 'marker':
      return { ...flow, marker: { name: event.name, at } };
    default:
      return event satisfies never;
  }
}

function applyChange(flow: Flow, resource: Resource, at: Seconds, fresh: Fresh): Flow {
  const { key } = resource;
  const came = transition(flow.resources.get(key), resource, at);
  const resources = ownCopy(flow.resources, fresh).set(key, resource);
  if (!came) return { ...flow, resources };
  const transitions = ownCopy(flow.transitions ?? new Map(), fresh);
  transitions.set(key, withTransition(transitions.get(key), came));
  return { ...flow, resources, transitions };
}

function applyPulse(flow: Flow, pulse: Pulse, at: Seconds): Flow {
  if (pulse.why === 'webhook' && pulse.from === 'webhook') {
    return { ...flow, facts: withFact(flow, 'webhook', { at, text: 'delivered' }) };
  }
  if (pulse.why !== 'push') return flow;
  const facts = withFact(flow, 'user', { at, text: 'pushed' });
  if (isOver(flow, pulse, at)) facts.delete('webhook');
  const { revision } = pulse;
  if (revision === undefined) {
    return { ...flow, facts: facts.set('git', { at, text: 'push' }), push: { at } };
  }
  // The commit may have told its subject already: the Git host and the cluster are two streams.
  const subject = isPushed(flow, revision, at) ? flow.push?.subject : undefined;
  if (subject !== undefined) return { ...flow, facts, push: { at, revision, subject } };
  facts.set('git', { at, text: shortHash(revision) });
  return { ...flow, facts, push: { at, revision } };
}

/**
 * Whether what the webhook did was about a push before this one. A push that is seen by what it
 * brought, to the source that its key names, comes after its own webhook.
 */
function isOver({ facts, push }: Flow, { key }: Pulse, at: Seconds): boolean {
  const delivered = facts.get('webhook')?.at ?? at;
  return delivered < (key === undefined ? at : (push?.at ?? delivered));
}

function applyCommit(
  flow: Flow,
  { revision, subject, patch }: Extract<FlowEvent, { type: 'commit' }>,
  at: Seconds,
): Flow {
  const told = { at, revision, subject, ...(patch !== undefined && { patch }) };
  const facts = withFact(flow, 'git', { at, text: `“${subject}”` });
  const pushedAt = flow.push && isPushed(flow, revision, at) ? flow.push.at : at;
  const push = { at: pushedAt, revision, subject };
  return { ...flow, facts, push, commits: withCommit(flow.commits, told) };
}

/** A push that did not tell its revision is taken for that of a commit told with it. */
function isPushed({ push }: Flow, revision: string, at: Seconds): boolean {
  if (!push) return false;
  if (push.revision === undefined) return at - push.at <= TOGETHER;
  return shortHash(push.revision) === shortHash(revision);
}

function withFact({ facts }: Flow, role: Role, fact: Fact): Map<Role, Fact> {
  return new Map(facts).set(role, fact);
}

function lineOf(flow: Flow, event: FlowEvent, at: Seconds, shown: Seconds): Line | undefined {
  const text = say(flow, event, at);
  if (text === undefined) return undefined;
  const key = keyOf(event);
  return {
    at,
    ...(event.type === 'pulse' && { shown: shown + HOP }),
    text,
    ...(key !== undefined && { key }),
  };
}

/** What is routine is for who asks only: it would push what matters out of sight. */
function withLine(
  { lines, happened = [] }: Flow,
  line: Line,
  routine: boolean,
): Pick<Flow, 'lines' | 'happened'> {
  return {
    lines: routine ? lines : told(lines, line, LINES),
    happened: told(happened, line, HAPPENED),
  };
}

/** Flux asks all the time; if it brings something, the fetch tells. */
function isRoutine(event: FlowEvent): boolean {
  return event.type === 'pulse' && event.why === 'poll';
}

/** What is said again at once is said once, with its last time: a poll every second is one line. */
function told(lines: readonly Line[], line: Line, most: number): readonly Line[] {
  const isAgain = lines.at(-1)?.text === line.text;
  return last(isAgain ? lines.slice(0, -1) : lines, line, most);
}

function keyOf(event: FlowEvent): string | undefined {
  if (event.type === 'changed') return event.resource.key;
  return 'key' in event ? event.key : undefined;
}

function withPulse(pulses: Flow['pulses'], event: FlowEvent, shown: Seconds): Flow['pulses'] {
  const [oldest] = pulses;
  const alive =
    oldest && oldest.at <= shown - PULSE_LIFE
      ? pulses.filter((pulse) => pulse.at > shown - PULSE_LIFE)
      : pulses;
  return event.type === 'pulse' ? [...alive, { ...event, at: shown }] : alive;
}

function without(
  { resources, transitions, notices }: Flow,
  key: string,
  fresh: Fresh,
): Partial<Flow> {
  return {
    resources: dropped(resources, key, fresh),
    ...(transitions && { transitions: dropped(transitions, key, fresh) }),
    ...(notices && { notices: dropped(notices, key, fresh) }),
  };
}

function dropped<V>(
  map: ReadonlyMap<string, V>,
  key: string,
  fresh: Fresh,
): ReadonlyMap<string, V> {
  if (!map.has(key)) return map;
  const rest = ownCopy(map, fresh);
  rest.delete(key);
  return rest;
}

function ownCopy<K, V>(map: ReadonlyMap<K, V>, fresh: Fresh): Map<K, V> {
  if (map instanceof Map && fresh.has(map)) return map;
  const copy = new Map(map);
  fresh.add(copy);
  return copy;
}
