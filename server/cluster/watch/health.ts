import type { Health, Seconds } from '../../../src/shared/flow.ts';
import { roleOfKind } from '../../../src/shared/role.ts';

/** How the connection to the cluster stands. */
export type LinkState =
  | { type: 'connecting' }
  | { type: 'up'; since: Seconds }
  | { type: 'lost'; since: Seconds }
  | { type: 'down'; text: string };

/** How the watch of one kind stands. */
export type KindState =
  /** Listing, or between two watches. */
  | { type: 'pending'; since: Seconds }
  /** `only`: we may see it in this namespace and no other. */
  | { type: 'live'; only?: string }
  /** The cluster does not serve it. */
  | { type: 'absent' }
  /** By its HTTP status: not known to the cluster, or not allowed. */
  | { type: 'refused'; status: 401 | 403 };

/** A watch ends and begins again all the time: so long nobody is alarmed who was not before. */
export const GRACE: Seconds = 1;
/** After connecting, kinds come one by one, too quickly to be told so. */
const catchingUp: Seconds = 3;
const unknown = 'The cluster does not accept our credentials';

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
  const isUnknown = [...kinds.values()].some(
    (state) => state.type === 'refused' && state.status === 401,
  );
  // A server that does not know us hangs up each time.
  if (link.type === 'lost' && isUnknown) return stale(unknown);
  if (link.type === 'lost' && (isStale(before, '') || now - link.since >= GRACE)) {
    return stale('The cluster does not answer');
  }
  const late = [...kinds].flatMap(([kind, state]) =>
    state.type === 'pending' && (isStale(before, kind) || now - state.since >= GRACE) ? [kind] : [],
  );
  const shown = [...kinds].filter(([kind]) => roleOfKind(kind) !== undefined);
  const served = shown.filter(([, state]) => state.type !== 'absent');
  const broken = served.flatMap(([kind, state]) =>
    state.type === 'refused' || late.includes(kind) ? [kind] : [],
  );
  const text = textOf(kinds, late) || 'Live';
  if (served.length === 0 && shown.length > 0) return live('Flux is not installed');
  if (broken.length === 0) return live(text);
  const isNew = link.type === 'up' && now - link.since < catchingUp;
  if (isNew && broken.some((kind) => late.includes(kind))) {
    return stale(isUnknown ? unknown : 'Catching up with the cluster');
  }
  if (broken.length < served.length) return { ...stale(text), kinds: broken };
  return stale(wholeText(served) ?? text);
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

function textOf(kinds: ReadonlyMap<string, KindState>, late: readonly string[]): string {
  const states = [...kinds];
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
