import type { Binding } from '../../../src/shared/binding.ts';
import type { Role } from '../../../src/shared/flow.ts';
import { roleOfKind } from '../../../src/shared/role.ts';
import type { WatchedKind } from './kinds.ts';

/**
 * What has to be watched for the nodes of a deck's diagrams: of a role whose nodes all name what
 * they stand for, only that. Sources and appliers are watched in any case: by them it shows that
 * something was pushed, is on its way and has drifted. Without any node it is all kinds.
 */
export function narrowed(
  kinds: readonly WatchedKind[],
  bindings: readonly Binding[],
): readonly WatchedKind[] {
  if (bindings.length === 0) return kinds;
  const narrow = kinds.flatMap((kind) => {
    const role = roleOfKind(kind.kind);
    return role === undefined ? [] : needed(kind, role, bindings);
  });
  const events = kinds.filter(({ kind }) => roleOfKind(kind) === undefined);
  return [...narrow, ...events.map((kind) => within(kind, namespacesOf(narrow)))];
}

function needed(kind: WatchedKind, role: Role, bindings: readonly Binding[]): WatchedKind[] {
  const isFlux = role === 'source' || role === 'applier';
  const standing = bindings.filter(
    (binding) => binding.role === role || (isFlux && binding.role === 'flux'),
  );
  if (standing.some(({ refs }) => !refs)) return [kind];
  const refs = bindings
    .flatMap((binding) => binding.refs ?? [])
    .filter((ref) => roleOfKind(partsOf(ref).kind) === role);
  if (refs.length === 0) return isFlux ? [kind] : [];
  const own = refs.map(partsOf).filter((ref) => ref.kind === kind.kind);
  return own.length === 0 ? [] : [within(kind, new Set(own.map(({ namespace }) => namespace)))];
}

function partsOf(ref: string): { kind: string; namespace: string } {
  const [kind = '', namespace = '*'] = ref.split('/');
  return { kind, namespace };
}

function namespacesOf(kinds: readonly WatchedKind[]): Set<string> {
  return new Set(kinds.map(({ namespace }) => namespace ?? '*'));
}

/** A watch is of one namespace or of all. */
function within(kind: WatchedKind, namespaces: ReadonlySet<string>): WatchedKind {
  const [only] = namespaces;
  return namespaces.size === 1 && only !== undefined && only !== '*'
    ? { ...kind, namespace: only }
    : kind;
}
