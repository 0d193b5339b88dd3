import type { Figure } from './figure.ts';
import type { Testbed } from './testbed.ts';

/** Measures one thing. */
export type Bench = (testbed: Testbed) => Promise<Figure[]>;

/** How much slower than this machine a page's processor is made to be. */
export const SPEEDS = [1, 4] as const;
