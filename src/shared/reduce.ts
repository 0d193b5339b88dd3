import type { Fact, Flow, FlowEvent, Health, Line, Pulse, Role, Seconds } from './flow.ts';
import { HOP } from './pace.ts';
import { say } from './say.ts';
import { shortHash } from './words.ts';

const LINES = 20;
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
    const lines = withLine(after, event, at, shown);
    const pulses = withPulse(after.pulses, event, shown);
    after = { ...apply(after, event, at, fresh), lines, pulses };
  }
  return after;
}

/** What a diagram shows on entering: all that is true, nothing of how it came about. */
export function atRest(flow: Flow): Flow {
  return { ...flow, lines: [], pulses: [], facts: new Map() };
}

function apply(flow: Flow, event: FlowEvent, at: Seconds, fresh: Fresh): Flow {
  switch (event.type) {
    case 'changed': {
      const resources = ownCopy(flow.resources, fresh);
      return { ...flow, resources: resources.set(event.resource.key, event.resource) };
    }
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
      return {
        ...flow,
        notices: withEntry(flow.notices ?? new Map(), key, { at, text, severity }),
      };
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

function applyPulse(flow: Flow, pulse: Pulse, at: Seconds): Flow {
  if (pulse.why === 'webhook' && pulse.from === 'webhook') {
    return { ...flow, facts: withFact(flow, 'webhook', { at, text: 'delivered' }) };
  }
  if (pulse.why !== 'push') return flow;
  const facts = withFact(flow, 'user', { at, text: 'pushed' });
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

function applyCommit(
  flow: Flow,
  { revision, subject }: { revision: string; subject: string },
  at: Seconds,
): Flow {
  const facts = withFact(flow, 'git', { at, text: `“${subject}”` });
  const pushedAt = flow.push && isPushed(flow, revision, at) ? flow.push.at : at;
  return { ...flow, facts, push: { at: pushedAt, revision, subject } };
}

/** A push that did not tell its revision is taken for that of a commit told with it. */
function isPushed({ push }: Flow, revision: string, at: Seconds): boolean {
  if (!push) return false;
  if (push.revision === undefined) return at - push.at <= TOGETHER;
  return shortHash(push.revision) === shortHash(revision);
}

function withFact({ facts }: Flow, role: Role, fact: Fact): Map<Role, Fact> {
  return withEntry(facts, role, fact);
}

/** What is said again at once is said once, with its last time: a poll every second is one line. */
function withLine(flow: Flow, event: FlowEvent, at: Seconds, shown: Seconds): readonly Line[] {
  const text = say(flow, event, at);
  if (text === undefined) return flow.lines;
  const key = keyOf(event);
  const line: Line = {
    at,
    ...(event.type === 'pulse' && { shown: shown + HOP }),
    text,
    ...(key !== undefined && { key }),
  };
  const last = flow.lines.at(-1);
  const earlier = last?.text === text ? flow.lines.slice(0, -1) : flow.lines;
  return [...earlier, line].slice(-LINES);
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

function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): Map<K, V> {
  return new Map(map).set(key, value);
}

function without(
  { resources, notices }: Flow,
  key: string,
  fresh: Fresh,
): Pick<Flow, 'resources' | 'notices'> {
  const rest = ownCopy(resources, fresh);
  rest.delete(key);
  if (!notices?.has(key)) return { resources: rest };
  const others = new Map(notices);
  others.delete(key);
  return { resources: rest, notices: others };
}

function ownCopy<K, V>(map: ReadonlyMap<K, V>, fresh: Fresh): Map<K, V> {
  if (map instanceof Map && fresh.has(map)) return map;
  const copy = new Map(map);
  fresh.add(copy);
  return copy;
}
