import type { Seconds } from '../../src/shared/flow.ts';

/**
 * One thing that was seen of a cluster, its Git host or the person at the keyboard. Streams (each
 * watched kind, the Git host, markers) keep their own order; between streams order means little.
 * Every `at` is in seconds since the feed's `started`.
 */
export type Observation = Watched | Hosted | Marked | Ticked;

/** A line of a Kubernetes list or watch. `object` is as sent: it is parsed where it is observed. */
export interface Watched {
  at: Seconds;
  type: 'watch';
  kind: string;
  /**
   * LIST is one object of a list, LISTED its end: what the list lacks is gone. A list that follows
   * an ERROR (or a 410) begins with the next LIST or LISTED.
   */
  change: 'LIST' | 'LISTED' | 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object?: unknown;
}

/** What the Git host saw. `repository` is the path of its URL, as in `podinfo.git`. */
export interface Hosted {
  at: Seconds;
  type: 'git';
  happened: GitHappening;
  repository: string;
}

export type GitHappening =
  /** Asked for its refs: a fetch (`upload-pack`) or a push (`receive-pack`) may follow. */
  | { what: 'refs'; service: string }
  /** A fetch has ended. */
  | { what: 'upload-pack' }
  /** A push has ended. */
  | { what: 'receive-pack'; revision?: string; subject?: string; patch?: string }
  /** A webhook was delivered, and answered with this HTTP status. */
  | { what: 'webhook'; status: number; revision?: string }
  | { what: 'refused' };

/** What the person did begins now. */
export interface Marked {
  at: Seconds;
  type: 'marker';
  name: string;
}

/** Nothing but time has passed. */
export interface Ticked {
  at: Seconds;
  type: 'tick';
}
