import assert from 'node:assert/strict';
import type { Flow } from '../../src/shared/flow.ts';
import { type RawLine, reading } from '../helpers/reading.ts';
import type { Audience, Heard } from './audience.ts';
import { until } from './patience.ts';
import type { Line } from './rawFollow.ts';
import type { RawWatch } from './rawWatch.ts';

/** When nobody could watch; milliseconds since the epoch. */
export interface Gap {
  from: number;
  to: number;
}

export interface Agreeing {
  audience: Pick<Audience, 'heard' | 'wire' | 'flow'>;
  raw: RawWatch;
  /** What it is about, as `Kind/namespace/name`: objects that are younger than the talk. */
  keys: readonly string[];
  /**
   * After which what there is was listed anew: of what an object went through meanwhile only the
   * end can be known.
   */
  gaps?: readonly Gap[];
  /** Seconds. */
  limit?: number;
}

/** One after the other, what was said of one thing, as in `status Kustomization/x/y`. */
type Tracks = ReadonlyMap<string, readonly Said[]>;

interface Said {
  at: number;
  value: string;
}

/** Two programs on two connections do not hear of a thing at the same moment; milliseconds. */
const APART = 250;

/**
 * The law of every fault: what was told is what the raw watch says, nothing lost, nothing doubled
 * and in its order, and what shows is what is there.
 * @throws unless it comes to that in time
 */
export async function agree({ limit = 5, ...about }: Agreeing): Promise<void> {
  await until('both to agree', () => differences(about).length === 0, limit).catch(() => undefined);
  for (const { told, is } of differences(about)) assert.deepEqual(told, is);
}

/** Where what was told cannot come of what is. */
function differences({
  audience,
  raw,
  keys,
  gaps = [],
}: Agreeing): { told: unknown; is: unknown }[] {
  const is = tracksOf(raw.lines, keys);
  const told = toldOf(audience.heard, keys);
  const found: { told: unknown; is: unknown }[] = [];
  const resets = audience.wire.filter((text) => text.startsWith('{"type":"reset"')).length;
  if (resets !== 1) found.push({ told: `${resets} resets`, is: '1 reset' });
  const tracks = new Set([...is.keys(), ...told.keys()]);
  for (const track of tracks) {
    // A Git host that we hear tells of its pushes itself.
    if (track.startsWith('push ') && hearsGit(audience.heard)) continue;
    const [values, all] = [told.get(track) ?? [], is.get(track) ?? []];
    if (!comesOf(all, values, gaps)) {
      found.push({ told: [track, ...valuesOf(values)], is: [track, ...valuesOf(all)] });
    }
  }
  for (const key of keys) {
    const [shown, there] = [shownOf(audience.flow(), key), thereOf(raw, key)];
    if (JSON.stringify(shown) !== JSON.stringify(there)) found.push({ told: shown, is: there });
  }
  return found;
}

/**
 * Whether `told` is `all`, but for what lies in a gap and was followed there by something else.
 * What is no change of what was told last is no news.
 */
function comesOf(all: readonly Said[], told: readonly Said[], gaps: readonly Gap[]): boolean {
  const gapOf = ({ at }: Said) =>
    gaps.findIndex((gap) => at > gap.from - APART && at < gap.to + APART);
  const tried = new Set<string>();
  const goOn = (from: number, heard: number): boolean => {
    const next = all[from];
    if (!next) return heard === told.length;
    const mark = `${from} ${heard}`;
    if (tried.has(mark)) return false;
    tried.add(mark);
    if (told[heard - 1]?.value === next.value && goOn(from + 1, heard)) return true;
    if (told[heard]?.value === next.value && goOn(from + 1, heard + 1)) return true;
    const later = all[from + 1];
    const isOvertaken = later && gapOf(next) >= 0 && gapOf(later) === gapOf(next);
    return isOvertaken === true && goOn(from + 1, heard);
  };
  return goOn(0, 0);
}

function valuesOf(said: readonly Said[]): string[] {
  return said.map(({ value }) => value);
}

/** What the lines say, by nothing of the program's. */
function tracksOf(lines: readonly Line[], keys: readonly string[]): Tracks {
  const tracks = new Map<string, Said[]>();
  const own = withRemovals(lines).filter((line) => line.object && keys.includes(keyOf(line)));
  for (const line of own) {
    const { at, kind, object, type } = line;
    const { artifact, lastAttemptedRevision, lastAppliedRevision } = object?.status ?? {};
    const told = (why: string, revision: string | undefined) => {
      const track = `${why} ${keyOf(line)}`;
      if (type === 'DELETED' || !revision) return;
      if (tracks.get(track)?.at(-1)?.value !== revision) add(tracks, track, at, revision);
    };
    if (kind === 'GitRepository') {
      // Of a Git host that nobody hears a push shows in the next artifact.
      const before = tracks.get(`fetch ${keyOf(line)}`)?.at(-1)?.value;
      if (before !== undefined && before !== artifact?.revision) told('push', artifact?.revision);
      told('fetch', artifact?.revision);
    }
    if (kind === 'Kustomization') {
      told('attempt', lastAttemptedRevision);
      told('apply', lastAppliedRevision);
    }
  }
  for (const status of reading(readable(own)).statuses) {
    const [at = '', key = '', ...words] = status.split(' ');
    add(tracks, `status ${key}`, Number(at), words.join(' '));
  }
  return tracks;
}

/** The lines as `reading` knows them: those of a capture, with times of their own. */
export function readable(lines: readonly Line[]): RawLine[] {
  return JSON.parse(
    JSON.stringify(
      lines.map(({ at, kind, type, object }) => ({ t: at, watch: kind, type, object })),
    ),
  );
}

function add(tracks: Map<string, Said[]>, track: string, at: number, value: string): void {
  tracks.set(track, [...(tracks.get(track) ?? []), { at, value }]);
}

/** What a list lacks was deleted while nobody watched. */
function withRemovals(lines: readonly Line[]): Line[] {
  const there = new Map<string, Line>();
  const listed = new Set<string>();
  return lines.flatMap((line) => {
    const { at, kind, type } = line;
    if (type === 'LISTED') {
      const gone = [...there].filter(([key, known]) => known.kind === kind && !listed.has(key));
      for (const [key] of gone) there.delete(key);
      listed.clear();
      return gone.map(([, { object }]) => ({
        at,
        kind,
        type: 'DELETED',
        ...(object && { object }),
      }));
    }
    const key = keyOf(line);
    if (type === 'LIST') listed.add(key);
    if (type === 'DELETED') there.delete(key);
    else there.set(key, line);
    return [line];
  });
}

/** `Kind/namespace/name`, as the program says it. */
export function keyOf({ kind, object }: Line): string {
  return `${kind}/${object?.metadata.namespace}/${object?.metadata.name}`;
}

function hearsGit(heard: readonly Heard[]): boolean {
  return heard.some(
    ({ event }) => event.type === 'pulse' && event.why === 'push' && event.key === undefined,
  );
}

/** What the audience was told; a hop that is told twice is there twice. */
function toldOf(heard: readonly Heard[], keys: readonly string[]): Tracks {
  const tracks = new Map<string, Said[]>();
  const isOwn = (key = '') => keys.includes(key);
  for (const { at, event } of heard) {
    if (event.type === 'pulse' && isOwn(event.key) && event.revision !== undefined) {
      add(tracks, `${event.why} ${event.key}`, at, event.revision);
    }
    const [key, status] =
      event.type === 'changed'
        ? [event.resource.key, event.resource.status + (event.resource.checking ? ' checking' : '')]
        : event.type === 'removed'
          ? [event.key, 'removed']
          : [];
    if (key === undefined || status === undefined || !isOwn(key)) continue;
    // Of a resource more changes than its status.
    const track = `status ${key}`;
    if (tracks.get(track)?.at(-1)?.value !== status) add(tracks, track, at, status);
  }
  return tracks;
}

/** What a page shows of a resource. */
function shownOf({ resources }: Flow, key: string): unknown {
  const resource = resources.get(key);
  if (!resource) return { key };
  const { revision, attempted, ready, total } = resource;
  return kindOf(key) === 'Deployment' ? { key, ready, total } : { key, revision, attempted };
}

/** The same, of what is there. */
function thereOf(raw: RawWatch, key: string): unknown {
  const [, namespace = '', name = ''] = key.split('/');
  const object = raw.now(kindOf(key), namespace, name);
  if (!object) return { key };
  const { spec, status = {} } = object;
  if (kindOf(key) === 'Deployment') {
    return { key, ready: status.readyReplicas ?? 0, total: spec?.replicas };
  }
  const { artifact, lastAppliedRevision, lastAttemptedRevision } = status;
  const revision = artifact?.revision ?? lastAppliedRevision;
  return { key, revision, attempted: lastAttemptedRevision };
}

function kindOf(key: string): string {
  return key.slice(0, key.indexOf('/'));
}
