import type { Moment } from './live.ts';

/** What a page shows of the cluster, from one kind of feed. */
export interface Screen {
  /** Undefined before anything is known. */
  moment(): Omit<Moment, 'hint'> | undefined;
  /** A slide is entered, with its id, its number and the names of its scenes. */
  enter(id: string | undefined, slide: number, scenes: readonly string[]): void;
  /** The scene that the key would run; undefined when there is none. */
  next(): string | undefined;
}
