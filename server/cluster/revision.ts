import { type ClusterObject, fields, list, text } from './object.ts';

/** The artifact that a source has in store, or what an applier has applied: Flux's own string. */
export function revisionOf(object: ClusterObject): string | undefined {
  if (object.kind === 'Kustomization') return text(object.status.lastAppliedRevision);
  if (object.kind === 'HelmRelease') return deployedChart(object);
  return text(fields(object.status.artifact).revision);
}

export function attemptedRevision(object: ClusterObject): string | undefined {
  return text(object.status.lastAttemptedRevision);
}

/** A HelmRelease's history is newest first; a failed upgrade leaves the release below it deployed. */
function deployedChart(object: ClusterObject): string | undefined {
  const deployed = list(object.status.history)
    .map(fields)
    .find((release) => release.status === 'deployed');
  return text(deployed?.chartVersion);
}
