import type { Flow, Seconds } from '../../../src/shared/flow.ts';
import type { SceneName } from '../../../src/shared/scene.ts';
import type { AskApi } from '../../api.ts';

/** Something that the speaker makes happen: done for real, through the Git host and the API. */
export interface Scene {
  name: SceneName;
  /** Why it can't be done now, with the cure; undefined when it can. */
  refusal(flow: Flow, parts: Parts): string | undefined;
  /** Does it. What follows from it is Flux's own doing. @throws in words */
  act(hands: Hands): Promise<Act>;
  /** Whether all that follows from it has happened. */
  ended(flow: Flow, begun: Begun): boolean;
  /** Why it will never end, in words; undefined as long as it may. */
  failure?(flow: Flow, begun: Begun): string | undefined;
  /** How long it may take. */
  limit: Seconds;
  /** It ends only after Flux has looked by itself: that is waited for on top of the limit. */
  untilFluxLooks?: boolean;
}

/** The objects that scenes are about, each by its key. */
export interface Parts {
  source: string;
  applier: string;
  workload: string;
}

/** What a scene may use. */
export interface Hands {
  ask: AskApi;
  /** Missing where the Git host is not ours. */
  repository?: Repository;
  parts: Parts;
  /** As it is when the scene begins. */
  flow: Flow;
}

/** The app's repository, as a person works on it. */
export interface Repository {
  /** A file as it is in the last commit, or at a revision. */
  read(file: string, revision?: string): Promise<string>;
  /** Files of a revision that the last commit has not, or has otherwise. */
  changedSince(revision: string): Promise<string[]>;
  /** Commits these files and pushes; unless it is announced, no webhook tells of it. */
  commit(
    files: Readonly<Record<string, string>>,
    options: { subject: string; announced?: boolean },
  ): Promise<{ revision: string }>;
}

/** What was done. */
export interface Act {
  /** Of the commit, if there was one. */
  revision?: string;
}

export interface Begun extends Act {
  at: Seconds;
  parts: Parts;
}
