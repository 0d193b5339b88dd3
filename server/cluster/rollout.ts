import { type ClusterObject, condition, count } from './object.ts';
import { redact } from './redact.ts';
import { type Judgement, judged } from './status.ts';

/** How far a workload's pods have come. */
export interface Rollout {
  ready: number;
  updated: number;
  total: number;
}

export function rolloutOf({ kind, spec, status }: ClusterObject): Rollout {
  if (kind === 'DaemonSet') {
    return {
      ready: count(status.numberReady) ?? 0,
      updated: count(status.updatedNumberScheduled) ?? 0,
      total: count(status.desiredNumberScheduled) ?? 0,
    };
  }
  return {
    ready: count(status.readyReplicas) ?? 0,
    updated: count(status.updatedReplicas) ?? 0,
    total: count(spec.replicas) ?? 1,
  };
}

/** The status of a workload. The first line that applies decides. `drift` says what has drifted. */
export function workloadStatus(object: ClusterObject, drift: string | undefined): Judgement {
  if (object.terminating) return { status: 'terminating' };
  if (drift !== undefined) return { status: 'drifted', message: redact(drift) };
  const progressing = condition(object, 'Progressing');
  const failure = condition(object, 'ReplicaFailure');
  if (progressing?.reason === 'ProgressDeadlineExceeded') return judged('failed', progressing);
  if (failure?.status === 'True') return judged('failed', failure);
  const { ready, updated, total } = rolloutOf(object);
  const observed = object.status.observedGeneration === object.generation;
  return { status: observed && updated >= total && ready >= total ? 'ready' : 'progressing' };
}
