import { type Binding, bind } from './binding.ts';
import { type Clock, clockAt } from './clock.ts';
import { SEVERITY } from './face.ts';
import { commitOf } from './fact.ts';
import type { Condition, Flow, Resource, Seconds, Status, Transition } from './flow.ts';
import { isStale } from './health.ts';
import { reasonInWords } from './reason.ts';
import { kind, name, namespace, shortHash, shortRevision, span } from './words.ts';

/** One thing that is known, in words. */
export interface Row {
  label: string;
  text: string;
  /** What is told of it besides. */
  more?: string;
  sign?: Status | 'stale';
}

export interface Section {
  title: string;
  rows: readonly Row[];
}

/** All that is known of one object at a moment. */
export interface Detail {
  title: string;
  /** Its namespace; empty without. */
  place: string;
  sign?: Status | 'stale';
  state: string;
  message: string;
  sections: readonly Section[];
}

/** One of several objects behind a node. */
export interface Choice {
  key: string;
  title: string;
  sign: Status | 'stale';
}

/** What a node stands for: its objects, worst first, and one of them in detail. */
export interface Stand {
  choices: readonly Choice[];
  chosen: string | undefined;
  detail: Detail;
  /** When it reads differently without anything having happened. */
  next: Seconds | undefined;
}

/** A node as its diagram has it. */
export interface Named {
  label: string;
  binding: Binding;
}

const COMMITS = 8;

/** What there is to know of a node. @param wanted the key of the object to tell of, if it is there */
export function stand(flow: Flow, { label, binding }: Named, now: Seconds, wanted = ''): Stand {
  const all = worstFirst(flow, binding);
  const chosen = all.find(({ key }) => key === wanted) ?? all[0];
  const clock = clockAt(now);
  const detail = chosen ? ofObject(flow, chosen, clock) : ofDoer(flow, label, binding, clock);
  return {
    choices: all.map(({ key, status }) => ({
      key,
      title: `${kind(key)} ${name(key)}`,
      sign: isStale(flow.health, key) ? 'stale' : status,
    })),
    chosen: chosen?.key,
    detail,
    next: clock.next(),
  };
}

/** The node that there is most to say of: the worst, and of equally bad ones what changed last. */
export function mostTelling<T extends { binding: Binding }>(
  flow: Flow,
  nodes: readonly T[],
): T | undefined {
  const ranked = nodes.map((node) => ({ node, worst: worstFirst(flow, node.binding)[0] }));
  return ranked.toSorted((a, b) => compare(a.worst, b.worst))[0]?.node;
}

function worstFirst({ resources }: Flow, binding: Binding): Resource[] {
  return bind(resources, binding)
    .flatMap((key) => resources.get(key) ?? [])
    .toSorted(compare);
}

function compare(a: Resource | undefined, b: Resource | undefined): number {
  if (!a || !b) return Number(!a) - Number(!b);
  return SEVERITY.indexOf(a.status) - SEVERITY.indexOf(b.status) || b.since - a.since;
}

function ofObject(flow: Flow, resource: Resource, clock: Clock): Detail {
  const { key, status, message = '' } = resource;
  const stale = isStale(flow.health, key);
  return {
    title: `${kind(key)} ${name(key)}`,
    place: namespace(key),
    sign: stale ? 'stale' : status,
    state: stale ? `not watched now, last seen ${status}` : stateOf(resource, clock),
    message: plain(message),
    sections: [
      { title: '', rows: facts(flow, resource, clock) },
      { title: 'Conditions', rows: conditions(resource, clock) },
      { title: 'Last changes', rows: transitions(flow.transitions?.get(key), clock) },
      { title: 'Notices', rows: notices(flow, key, clock) },
    ].filter(({ rows }) => rows.length > 0),
  };
}

function stateOf({ status, reason, checking, since }: Resource, clock: Clock): string {
  const why = (status === 'failed' || status === 'waiting') && reason !== undefined;
  return [
    `${status} for ${clock.since(since)}`,
    ...(checking ? [', checking'] : []),
    ...(why ? [`: ${reasonInWords(reason)}`] : []),
  ].join('');
}

function facts(flow: Flow, resource: Resource, clock: Clock): Row[] {
  const { revision, attempted, ready, total, owner } = resource;
  const looks =
    resource.next ?? (owner === undefined ? undefined : flow.resources.get(owner)?.next);
  const rows: Row[] = [];
  if (revision !== undefined) rows.push(revisionRow('Revision', revision, flow));
  if (attempted !== undefined && attempted !== revision)
    rows.push(revisionRow('Attempted', attempted, flow));
  if (ready !== undefined && total !== undefined)
    rows.push({ label: 'Pods', text: `${ready} ready of ${total}` });
  const left = looks === undefined ? undefined : clock.until(looks);
  if (looks !== undefined)
    rows.push({ label: 'Flux looks', text: left === undefined ? 'any moment now' : `in ${left}` });
  if (owner !== undefined)
    rows.push({ label: 'Applied by', text: `${kind(owner)} ${name(owner)}` });
  return rows;
}

function revisionRow(label: string, revision: string, { commits }: Flow): Row {
  const short = shortRevision(revision);
  const commit = commitOf(revision, commits);
  return { label, text: commit ? `“${commit.subject}” · ${shortHash(revision)}` : short };
}

function conditions({ conditions: all = [] }: Resource, clock: Clock): Row[] {
  return all.map((condition) => ({
    label: condition.type,
    text: [condition.status, ...said(condition), ...lasting(condition, clock)].join(' · '),
    ...(condition.message !== undefined && { more: plain(condition.message) }),
  }));
}

function said({ reason }: Condition): string[] {
  return reason === undefined ? [] : [reasonInWords(reason)];
}

function lasting({ since }: Condition, clock: Clock): string[] {
  return since === undefined ? [] : [unbroken(clock.since(since))];
}

/** Newest first, each with how long it lasted. */
function transitions(all: readonly Transition[] = [], clock: Clock): Row[] {
  return all
    .map(({ at, status, revision }, index) => {
      const { revision: earlier } = all[index - 1] ?? {};
      const until = all[index + 1]?.at;
      const lasted = until === undefined ? [] : [unbroken(`for ${span(until - at)}`)];
      const isNew = revision !== undefined && revision !== earlier;
      const now = isNew ? [status, `· ${shortHash(revision)}`] : [status];
      return { label: clock.ago(at), text: [...now, ...lasted].join(' '), sign: status };
    })
    .toReversed();
}

function notices({ notices: all }: Flow, key: string, clock: Clock): Row[] {
  return (all?.get(key) ?? [])
    .map(({ at, text, severity }) => ({
      label: clock.ago(at),
      text: plain(text),
      ...(severity === 'warning' && { sign: 'failed' as const }),
    }))
    .toReversed();
}

/** What Flux writes, without the digits that nobody reads: whole digests, billionths of a second. */
function plain(text: string): string {
  return shortRevision(text).replace(/\b\d+\.\d+(?=m?s\b)/g, (digits) => Number(digits).toFixed(1));
}

/** A number stays with its unit. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

/** User, Git and webhook have no status: what they did last, and what they brought. */
function ofDoer(flow: Flow, label: string, { role }: Binding, clock: Clock): Detail {
  const did = flow.facts.get(role);
  const commits = role === 'user' || role === 'git' ? (flow.commits ?? []) : [];
  const rows = commits
    .slice(-COMMITS)
    .map(({ at, subject, revision }) => ({
      label: clock.ago(at),
      text: `“${subject}” · ${shortHash(revision)}`,
    }))
    .toReversed();
  return {
    title: label,
    place: '',
    state: did ? `${did.text} ${clock.ago(did.at)}` : 'nothing has been seen of it yet',
    message: '',
    sections: rows.length > 0 ? [{ title: 'Commits', rows }] : [],
  };
}
