import { type Binding, bind } from './binding.ts';
import { type Fact, factOf, remembered } from './fact.ts';
import type { Flow, Resource, Seconds, Status } from './flow.ts';
import { isStale } from './health.ts';

/** What a node shows at one moment. */
export interface Face {
  /** The worst of what the node stands for; absent where it has none: before anything is known, on user, git and webhook. */
  status?: Status;
  /** Flux is looking whether what is applied still is. */
  checking: boolean;
  /** The watch is down: `status` is what was seen last, not what is. */
  stale: boolean;
  /** What the badge says; absent without a status. */
  sign?: Status | 'stale';
  /** The second line, from its fullest form to its shortest; empty without a fact. */
  fact: readonly string[];
  /** All of it as a sentence says it, for those who do not see the picture. */
  label: string;
  /** When it changes by itself, as ages and countdowns do. */
  next?: Seconds;
}

/** Worst first. */
export const SEVERITY: readonly Status[] = [
  'failed',
  'drifted',
  'waiting',
  'progressing',
  'terminating',
  'suspended',
  'unknown',
  'ready',
];

const NOTHING: Face = { checking: false, stale: false, fact: [], label: '' };

/** The face of a node: a function of what is known and of the time, to the second. */
export function face(flow: Flow, binding: Binding, now: Seconds): Face {
  const all = bind(flow.resources, binding).flatMap((key) => flow.resources.get(key) ?? []);
  const did = remembered(flow, binding.role, now);
  const status = SEVERITY.find((worst) => all.some((resource) => resource.status === worst));
  if (!status) return { ...NOTHING, ...aged(did), label: did?.forms[0] ?? '' };
  if (all.some(({ key }) => isStale(flow.health, key))) return lost(status);

  const checking = all.some((resource) => resource.checking === true);
  const fact =
    status === 'ready' && did ? did : factOf(speakers(all, status), status, now, flow.commits);
  const said = fact.forms[0] ?? status;
  const label = [
    said.includes(status) ? said : `${status}, ${said}`,
    ...(checking ? ['checking'] : []),
  ];
  return { status, checking, stale: false, sign: status, ...aged(fact), label: label.join(', ') };
}

function lost(status: Status): Face {
  const fact = [`last seen ${status}`, `was ${status}`];
  const label = `not watched now, last seen ${status}`;
  return { status, checking: false, stale: true, sign: 'stale', fact, label };
}

/** Those whose words a node says. A Flux node that applies and fetches says what it applies. */
function speakers(all: readonly Resource[], status: Status): readonly Resource[] {
  const appliers = all.filter(({ role }) => role === 'applier');
  if (appliers.some((resource) => resource.status === status)) return appliers;
  return appliers.length > 0 ? all.filter(({ role }) => role !== 'applier') : all;
}

function aged(fact: Fact | undefined): Pick<Face, 'fact' | 'next'> {
  return {
    fact: fact?.forms ?? [],
    ...(fact?.next !== undefined && { next: fact.next }),
  };
}
