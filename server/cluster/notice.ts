import type { FlowEvent } from '../../src/shared/flow.ts';
import { type ClusterObject, count, fields, text } from './object.ts';
import { redact } from './redact.ts';

type Notice = Extract<FlowEvent, { type: 'notice' }>;

/** A Kubernetes Event of either API: core/v1, or events.k8s.io/v1 seen through it. */
export interface KubernetesEvent {
  /** The object that it is about. */
  key: string;
  isFlux: boolean;
  severity: Notice['severity'];
  text: string;
  /** How often it has happened. An Event is told again when this grows or its text changes. */
  count: number;
  /** When it last happened, in milliseconds of the cluster's clock; NaN when it does not say. */
  time: number;
}

export function kubernetesEvent({ whole }: ClusterObject): KubernetesEvent | undefined {
  const about = fields(whole.involvedObject ?? whole.regarding);
  const message = text(whole.message) ?? text(whole.note);
  const kind = text(about.kind);
  if (kind === undefined || message === undefined) return undefined;
  const series = fields(whole.series);
  return {
    key: `${kind}/${text(about.namespace) ?? ''}/${text(about.name) ?? ''}`,
    isFlux: (text(about.apiVersion) ?? '').includes('.fluxcd.io/'),
    severity: whole.type === 'Warning' ? 'warning' : 'info',
    text: redact(message.replace(/^\(combined from similar events\): /, '')),
    count: Math.max(count(series.count) ?? 0, count(whole.count) ?? 0),
    time: Date.parse(
      text(series.lastObservedTime) ??
        text(whole.lastTimestamp) ??
        text(whole.eventTime) ??
        text(fields(whole.metadata).creationTimestamp) ??
        '',
    ),
  };
}
