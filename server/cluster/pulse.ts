import type { Pulse, Resource } from '../../src/shared/flow.ts';

/**
 * What travelled, told by how an object has changed: the artifact of a source, the revisions of an
 * applier. `before` is undefined of an object that is new.
 */
export function revisionPulses(before: Resource | undefined, now: Resource): Pulse[] {
  const { key, role, revision, attempted } = now;
  const pulses: Pulse[] = [];
  if (role === 'source' && revision !== undefined && revision !== before?.revision) {
    pulses.push({ type: 'pulse', from: 'git', to: 'source', why: 'fetch', key, revision });
  }
  if (role !== 'applier') return pulses;
  if (attempted !== undefined && attempted !== before?.attempted) {
    const hop = { from: 'source', to: 'applier', why: 'attempt' } as const;
    pulses.push({ type: 'pulse', ...hop, key, revision: attempted });
  }
  if (revision !== undefined && revision !== before?.revision) {
    pulses.push({ type: 'pulse', from: 'applier', to: 'cluster', why: 'apply', key, revision });
  }
  return pulses;
}

/**
 * With a Git host that we do not hear, another artifact is all there is to see of a push. The first
 * artifact of a source is none: it may have lain there for years.
 */
export function foreignPush(before: Resource | undefined, now: Resource): Pulse[] {
  const { key, revision } = now;
  if (before?.revision === undefined || revision === undefined) return [];
  if (before.revision === revision) return [];
  return [{ type: 'pulse', from: 'user', to: 'git', why: 'push', key, revision }];
}

export function correction(key: string, asked: boolean): Pulse {
  const hop = { from: 'applier', to: 'cluster', why: 'correct' } as const;
  return { type: 'pulse', ...hop, key, ...(asked && { asked }) };
}
