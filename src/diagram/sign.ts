import type { Status } from '../shared/flow.ts';

export type Sign = Status | 'stale';

/** A sign as strokes of a path around the badge's centre, in a disc of radius 10. Told apart without colour. */
export const SIGNS: Readonly<Record<Sign, string>> = {
  ready: 'M-4.6 .3-1.5 3.4 4.7-3.2',
  progressing: 'M4.33 2.5A5 5 0 1 1 4.33-2.5M4.9-5.6V-2.2H1.5',
  waiting: 'M0-6A6 6 0 1 1 0 6 6 6 0 1 1 0-6M0-3V.3L2.2 1.7',
  failed: 'M-3.6-3.6 3.6 3.6M3.6-3.6-3.6 3.6',
  drifted: 'M-5.4.8C-3.8-3.2-1.8-3.2 0 0S3.8 3.2 5.4-.8',
  suspended: 'M-2.2-4V4M2.2-4V4',
  terminating: 'M-4.4 0H4.4',
  unknown: 'M-2.7-2.2C-2.5-5.8 3-5.6 2.8-2.2 2.7-.4 0-.4 0 1.6M0 4.9V5',
  stale: '',
};
