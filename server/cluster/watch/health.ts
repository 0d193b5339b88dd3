import type { Health, Seconds } from '../../../src/shared/flow.ts';
import { roleOfKind } from '../../../src/shared/role.ts';

/** How the connection to the cluster stands. */
export type LinkState =
  | { type: 'connecting' }
  | { type: 'up'; trial: Trial }
  | { type: 'lost'; since: Seconds; trial: Trial }
  | { type: 'down'; text: string };

/** A server that has just begun knows neither its roles nor its kinds: what it refuses may pass. */
export interface Trial {
  from: Seconds;
  until: Seconds;
}

/** How the watch of one kind stands. */
export type KindState =
  /** Listing, or between two watches. */
  | { type: 'pending'; since: Seconds }
  /** `only`: we may see it in this namespace and no other. */
  | { type: 'live'; only?: string }
  /** The cluster does not serve it. */
  | { type: 'absent' }
  /** By its HTTP status: not known to the cluster, or not allowed; since the first time in a row. */
  | { type: 'refused'; status: 401 | 403; message: string; since: Seconds };

/** A watch ends and begins again all the time: so long nobody is alarmed who was not before. */
export const GRACE: Seconds = 1;
const silent = 'The cluster does not answer';
const unknown = 'The cluster does not accept our credentials';
const catchingUp = 'Catching up with the cluster';

/**
 * What may be believed of all that is shown, in words that say nothing of who and where the cluster
 * is. Kubernetes Events are words only: without them nothing is stale.
 * @param before as told last
 */
export function healthOf(
  link: LinkState,
  kinds: ReadonlyMap<string, KindState>,
  now: Seconds,
  before: Health,
): Health {
  if (link.type === 'connecting') return stale('Connecting to the cluster');
  if (link.type === 'down') return stale(link.text);
  const isOnTrial = now < link.trial.until;
  if (link.type === 'lost') {
    const strange = [...kinds.values()].find(
      (state) => state.type === 'refused' && state.status === 401,
    );
    // A server that does not know us hangs up each time.
    if (strange) return stale(isBelieved(strange, link, now) ? unknown : catchingUp);
    if (now - link.since >= GRACE) return stale(silent);
    if (isStale(before, '')) return stale(isOnTrial ? catchingUp : silent);
  }
  const late = [...kinds].flatMap(([kind, state]) =>
    state.type === 'pending' && (isStale(before, kind) || now - state.since >= GRACE) ? [kind] : [],
  );
  const shown = [...kinds].filter(([kind]) => roleOfKind(kind) !== undefined);
  const served = shown.filter(([, state]) => state.type !== 'absent');
  const broken = served.flatMap(([kind, state]) =>
    state.type === 'refused' || late.includes(kind) ? [kind] : [],
  );
  const believed = [...kinds].filter(([, state]) => isBelieved(state, link, now));
  const text = textOf(believed, isOnTrial ? [] : late) || 'Live';
  if (served.length === 0 && shown.length > 0) {
    const mayCome = isOnTrial && before.state === 'stale';
    return mayCome ? stale(catchingUp) : live('Flux is not installed');
  }
  // Kinds come back one by one, too quickly to be told so.
  const mayPass = served.some(
    ([kind, state]) => late.includes(kind) || !isBelieved(state, link, now),
  );
  if (isOnTrial && mayPass) return stale(catchingUp);
  if (broken.length === 0) return live(text);
  if (broken.length < served.length) return { ...stale(text), kinds: broken };
  return stale(wholeText(served) ?? text);
}

/** What is refused on trial may pass; what was refused before, or still is after it, does not. */
export function isBelieved(state: KindState, link: LinkState, now: Seconds): boolean {
  if (state.type !== 'refused' || (link.type !== 'up' && link.type !== 'lost')) return true;
  const { from, until } = link.trial;
  return now >= until || state.since < from;
}

function live(text: string): Health {
  return { state: 'live', text };
}

function stale(text: string): Health {
  return { state: 'stale', text };
}

function isStale({ state, kinds }: Health, kind: string): boolean {
  return state === 'stale' && (!kinds || kinds.includes(kind));
}

function textOf(
  states: readonly (readonly [string, KindState])[],
  late: readonly string[],
): string {
  const where = (is: (state: KindState) => boolean) =>
    states.filter(([, state]) => is(state)).map(([kind]) => kind);
  const isUnknown = where((state) => state.type === 'refused' && state.status === 401).length > 0;
  const forbidden = where((state) => state.type === 'refused' && state.status === 403);
  const only = new Set(
    states.flatMap(([, state]) => (state.type === 'live' && state.only ? [state.only] : [])),
  );
  return [
    isUnknown ? unknown : '',
    forbidden.length > 0 ? `Not allowed to see ${inWords(forbidden)}` : '',
    late.length > 0 ? `No word of ${inWords(late)}` : '',
    only.size > 0 ? `Only namespace ${[...only].join(', ')}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}

/** When it is the same with all kinds, nobody wants them told one by one. */
function wholeText(served: readonly (readonly [string, KindState])[]): string | undefined {
  const types = new Set(served.map(([, state]) => state.type));
  if (types.size !== 1) return undefined;
  if (types.has('pending')) return 'The cluster tells nothing';
  const isForbidden = served.every(([, state]) => state.type === 'refused' && state.status === 403);
  return isForbidden ? 'Not allowed to see anything of Flux' : undefined;
}

/** `Receivers`, `HelmReleases and Buckets`, `Buckets, HelmCharts and Receivers`, `4 kinds`. */
function inWords(kinds: readonly string[]): string {
  if (kinds.length > 3) return `${kinds.length} kinds`;
  const names = kinds.map(plural);
  const last = names.pop() ?? '';
  return names.length > 0 ? `${names.join(', ')} and ${last}` : last;
}

export function plural(kind: string): string {
  return kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}
