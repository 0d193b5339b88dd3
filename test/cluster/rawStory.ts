import type { Line, Sent } from './rawFollow.ts';

/** A hop that an object's own history proves: why, of what, at which revision. */
export type Hop = `${'fetch' | 'attempt' | 'apply'} ${string} ${string}`;

/**
 * What the lines of a raw watch say has travelled, each kind of object in its own order: read from
 * the fields that Flux writes, by nothing of the product's.
 */
export function hopsIn(lines: readonly Line[], name: string): Hop[] {
  const last = new Map<string, string>();
  const hops: Hop[] = [];
  const look = (why: 'fetch' | 'attempt' | 'apply', key: string, revision: string | undefined) => {
    if (revision === undefined || revision === '' || last.get(why + key) === revision) return;
    last.set(why + key, revision);
    hops.push(`${why} ${key} ${revision}`);
  };
  for (const { kind, object } of lines) {
    if (object?.metadata.name !== name) continue;
    const key = keyOf(kind, object);
    if (kind === 'GitRepository') look('fetch', key, object.status?.artifact?.revision);
    if (kind === 'Kustomization') {
      look('attempt', key, object.status?.lastAttemptedRevision);
      look('apply', key, object.status?.lastAppliedRevision);
    }
  }
  return hops;
}

function keyOf(kind: string, { metadata }: Sent): string {
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}
