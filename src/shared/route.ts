import { type Binding, names } from './binding.ts';
import type { Role } from './flow.ts';
import { roleOfKind } from './role.ts';
import { kind } from './words.ts';

/** A diagram as far as travel is concerned: what its nodes stand for and how they are joined. */
export interface Graph {
  /** Nodes without a binding are travelled through, never to. */
  nodes: readonly { id: string; binding?: Binding | undefined }[];
  edges: readonly { id: string; from: string; to: string }[];
}

/** One edge of a route, travelled along its arrow or against it. */
export interface Leg {
  edge: string;
  forward: boolean;
}

/**
 * The way of a hop from role to role, legs in order; undefined where the diagram has no such hop:
 * an end missing, both ends on one node, no way between them. The same hop gives the same array.
 * `key` is the resource that the hop is about: of several nodes of a role, the one bound to it.
 */
export type Route = (from: Role, to: Role, key?: string) => readonly Leg[] | undefined;

/** What stands in for a role that a diagram lacks, first the nearest. */
const STAND_INS: Partial<Record<Role, readonly Role[]>> = {
  webhook: ['git'],
  receiver: ['source', 'flux'],
  source: ['flux'],
  applier: ['flux'],
};

/** The routes of a graph: shortest first; between equally short ones the most legs along their arrows. */
export function routes(graph: Graph): Route {
  const known = new Map<string, readonly Leg[] | undefined>();
  return (from, to, key) => {
    const hop = `${from} ${to} ${key ?? ''}`;
    if (!known.has(hop)) known.set(hop, find(graph, ends(graph, from, key), ends(graph, to, key)));
    return known.get(hop);
  };
}

/** The nodes that a hop to or from a role may end at. */
function ends(graph: Graph, role: Role, key: string | undefined): ReadonlySet<string> {
  const about = key !== undefined && roleOfKind(kind(key)) === role ? key : undefined;
  for (const wanted of [role, ...(STAND_INS[role] ?? [])]) {
    const nodes = graph.nodes.filter(({ binding }) => binding?.role === wanted);
    if (nodes.length === 0) continue;
    const meant = nodes.filter(
      ({ binding }) => !about || !binding?.refs || names(binding.refs, about),
    );
    return new Set(meant.map(({ id }) => id));
  }
  return new Set();
}

interface Way {
  at: string;
  cost: number;
  legs: readonly Leg[];
}

/** Dijkstra, from all the starts at once; of equal ways the one that the diagram's source names first. */
function find(
  { edges }: Graph,
  starts: ReadonlySet<string>,
  goals: ReadonlySet<string>,
): readonly Leg[] | undefined {
  // All the turns against an arrow together weigh less than one leg more.
  const leg = edges.length + 1;
  const done = new Set<string>();
  const open: Way[] = [...starts].map((at) => ({ at, cost: 0, legs: [] }));
  for (;;) {
    const way = cheapest(open);
    if (!way) return undefined;
    open.splice(open.indexOf(way), 1);
    if (done.has(way.at)) continue;
    if (goals.has(way.at)) return way.legs.length > 0 ? way.legs : undefined;
    done.add(way.at);
    for (const { id, from, to } of edges) {
      if (from === way.at) step(to, { edge: id, forward: true }, leg);
      else if (to === way.at) step(from, { edge: id, forward: false }, leg + 1);

      function step(at: string, next: Leg, cost: number): void {
        if (way) open.push({ at, cost: way.cost + cost, legs: [...way.legs, next] });
      }
    }
  }
}

function cheapest(ways: readonly Way[]): Way | undefined {
  let best: Way | undefined;
  for (const way of ways) if (!best || way.cost < best.cost) best = way;
  return best;
}
