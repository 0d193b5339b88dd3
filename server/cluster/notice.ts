import type { FlowEvent, Seconds } from '../../src/shared/flow.ts';
import { drop, entries, get, type Keyed, put } from './keyed.ts';
import { type ClusterObject, count, fields, text } from './object.ts';
import type { Watched } from './observation.ts';
import { redact } from './redact.ts';
import { saying } from './saying.ts';
import { kindOf, knownOf, type State, type Step } from './state.ts';

type Notice = Extract<FlowEvent, { type: 'notice' }>;

/** A Kubernetes Event of either API: core/v1, or events.k8s.io/v1 seen through it. */
interface KubernetesEvent {
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

/** A Kubernetes Event is told when it is new, has happened again or says something else. */
export function noticed(
  state: State,
  at: Seconds,
  object: ClusterObject,
  change: Watched['change'],
): Step {
  if (change === 'DELETED') {
    return { state: { ...state, notices: drop(state.notices, object.key) }, events: [] };
  }
  const event = kubernetesEvent(object);
  if (!event) return { state, events: [] };
  const last = get(state.notices, object.key);
  const isNew = !last || event.count > last.count || event.text !== last.text;
  const { key, severity, count, text } = event;
  const noted = { ...state, notices: put(state.notices, object.key, { count, text }) };
  const isHistory =
    change === 'LIST' && (!kindOf(state, 'Event').listed || event.time < state.started);
  const isOurs = event.isFlux || knownOf(state, key) !== undefined;
  if (!isNew || isHistory || !isOurs) return { state: noted, events: [] };
  return saying(noted, key, { text, at, by: 'event' }, severity);
}

/** Forgets the Events that a list lacks: Kubernetes keeps each for an hour. */
export function noticesIn(state: State, listing: Keyed<true>): State {
  let { notices } = state;
  for (const [key] of entries(state.notices)) {
    if (!get(listing, key)) notices = drop(notices, key);
  }
  return { ...state, notices };
}

function kubernetesEvent({ whole }: ClusterObject): KubernetesEvent | undefined {
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
