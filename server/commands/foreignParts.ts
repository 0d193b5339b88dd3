import type { Flow, Resource } from '../../src/shared/flow.ts';
import type { Parts } from '../demo/scenes/scene.ts';

/**
 * What scenes are about in a cluster that is not the demo's: its only workload under Flux, what
 * applies it and the only source. A sentence on what stands in the way where there are several.
 */
export function foreignParts({ resources }: Flow): Parts | string {
  const all = [...resources.values()];
  const workload = only(all.filter(({ role, owner }) => role === 'cluster' && owner !== undefined));
  const applier = workload?.owner === undefined ? undefined : resources.get(workload.owner);
  const source = only(all.filter(({ role }) => role === 'source'));
  if (workload && applier && source) {
    return { source: source.key, applier: applier.key, workload: workload.key };
  }
  return 'A scene is about one source, one applier and one workload; here there are others. Narrow it by “%% live” comments in the diagrams, or by --namespace.';
}

function only(resources: readonly Resource[]): Resource | undefined {
  return resources.length === 1 ? resources[0] : undefined;
}
