/**
 * The vocabulary of the live diagram: the same on the wire, in a recording and in the page.
 * Every time is in seconds since the feed's `started`; it may be negative.
 */
export type Seconds = number;

export type Status =
  | 'ready'
  | 'progressing'
  | 'waiting'
  | 'failed'
  | 'drifted'
  | 'suspended'
  | 'terminating'
  | 'unknown';

export type Role =
  | 'user'
  | 'git'
  | 'webhook'
  | 'receiver'
  | 'source'
  | 'applier'
  | 'flux'
  | 'cluster';

/** What Flux or Kubernetes says of one side of an object. */
export interface Condition {
  /** `Ready`, `Reconciling`, `Healthy` … */
  type: string;
  /** `True`, `False` or `Unknown`. */
  status: string;
  reason?: string;
  /** Redacted. Absent where its resource, or a condition before it, says the same. */
  message?: string;
  /** When this status of it began, by the cluster's clock, which counts whole seconds. */
  since?: Seconds;
}

/** What the page may know of one object of the cluster. Nothing else of it leaves the server. */
export interface Resource {
  /** `Kind/namespace/name` */
  key: string;
  role: Role;
  status: Status;
  /** A reconcile of what is applied already: a small tick, not a change of status. */
  checking?: boolean;
  /** Of the condition that decided, e.g. `BuildFailed`. */
  reason?: string;
  /** Redacted, one line, at most 200 characters. */
  message?: string;
  /** Artifact in store, or last applied: Flux's own string, `main@sha1:<40 hex>`. */
  revision?: string;
  /** Last attempted, where the kind has one. */
  attempted?: string;
  /** Workloads, and what stands for many. */
  ready?: number;
  total?: number;
  /** For the detail view only: `status` is decided already. */
  conditions?: readonly Condition[];
  /** The key of the applier whose inventory or labels claim this object. */
  owner?: string;
  /** When Flux looks again by itself: on appliers, and on what has drifted. */
  next?: Seconds;
  /** When this status began. */
  since: Seconds;
}

export type Why = 'push' | 'poll' | 'webhook' | 'fetch' | 'attempt' | 'apply' | 'correct';

/** Something travelled one hop, from role to role. */
export interface Pulse {
  type: 'pulse';
  from: Role;
  to: Role;
  why: Why;
  key?: string;
  revision?: string;
  /** A correction that somebody had asked Flux for; else it was Flux's own doing. */
  asked?: boolean;
}

/** How far what is shown can be trusted. Without `kinds` it is about all of them. */
export interface Health {
  state: 'live' | 'recorded' | 'stale';
  kinds?: string[];
  text: string;
}

export type FlowEvent =
  | { type: 'changed'; resource: Resource }
  | { type: 'removed'; key: string }
  | Pulse
  | { type: 'commit'; revision: string; subject: string; patch?: string }
  | { type: 'notice'; key: string; text: string; severity: 'info' | 'warning' }
  | ({ type: 'health' } & Health)
  | { type: 'position'; slide: number; step: number; id: string }
  | { type: 'marker'; name: string };

/** A line of words: what just happened, with its true time. */
export interface Line {
  at: Seconds;
  /** When it is to be read, if not at once: as the dot that it tells of arrives. */
  shown?: Seconds;
  text: string;
  /** The resource that it is about. */
  key?: string;
}

/** What a role without a status (user, git, webhook) did last, and when. */
export interface Fact {
  at: Seconds;
  text: string;
}

/** The text of a Kubernetes Event, for the detail view only: never state, never a line. */
export interface Notice {
  at: Seconds;
  text: string;
  severity: 'info' | 'warning';
}

/** What a resource came to be, and when. */
export interface Transition {
  at: Seconds;
  status: Status;
  reason?: string;
  revision?: string;
}

/** A commit that Git was told of. */
export interface Commit {
  at: Seconds;
  revision: string;
  subject: string;
  /** Its beginning, as `git diff` writes it. */
  patch?: string;
}

/** All that is known at one moment. Plain data: equal flows paint equal pictures. */
export interface Flow {
  resources: ReadonlyMap<string, Resource>;
  health: Health;
  /** The last 20, oldest first; without what is routine. */
  lines: readonly Line[];
  /** Those of the last second, with their times, oldest first. */
  pulses: readonly (Pulse & { at: Seconds })[];
  /** What the roles did last. */
  facts: ReadonlyMap<Role, Fact>;
  /** The push that words count from ("0.4 s after the push"). */
  push?: { at: Seconds; revision?: string; subject?: string };
  /** The last 200 lines, oldest first: a diagram that enters at rest does not forget them. */
  happened?: readonly Line[];
  /** The last 6 of each resource, oldest first. */
  transitions?: ReadonlyMap<string, readonly Transition[]>;
  /** The last 5 of each resource, oldest first. */
  notices?: ReadonlyMap<string, readonly Notice[]>;
  /** The last 20, oldest first. */
  commits?: readonly Commit[];
  marker?: { name: string; at: Seconds };
  position?: { slide: number; step: number; id: string };
}
