import type { Flow } from '../shared/flow.ts';
import { isStale } from '../shared/health.ts';
import type { Leg, Route } from '../shared/route.ts';
import type { Flight } from './flight.ts';

/** How an edge is lit: as work, or faintly where Git is only asked. */
export type Light = 'work' | 'poll';

/** The edges that something goes along, and those that something works over for as long as it does. */
export function traffic(
  flow: Flow,
  hops: readonly Flight[],
  route: Route,
): ReadonlyMap<string, Light> {
  const lit = new Map<string, Light>();
  for (const { legs, why } of hops)
    for (const { edge } of legs)
      if (lit.get(edge) !== 'work') lit.set(edge, why === 'poll' ? 'poll' : 'work');
  for (const { edge } of work(flow, route)) lit.set(edge, 'work');
  return lit;
}

/** What fetches works over the way from Git; what applies, over the way to the cluster. */
function work({ resources, health }: Flow, route: Route): readonly Leg[] {
  return [...resources.values()].flatMap(({ role, status, key }) => {
    if (status !== 'progressing' || isStale(health, key)) return [];
    if (role === 'source') return route('git', 'source', key) ?? [];
    return (role === 'applier' && route('applier', 'cluster', key)) || [];
  });
}
