import { readFileSync } from 'node:fs';
import { parseCapture } from '../../server/cluster/capture.ts';
import { flowEvents } from '../../server/cluster/observe.ts';
import type { Timed } from '../../src/shared/event.ts';

export const RUNS = ['webinar', 'trouble', 'helm'] as const;

/** What a real cluster's run says, in our words. */
export function realRun(name: (typeof RUNS)[number]): Timed[] {
  const text = readFileSync(new URL(`../fixtures/runs/${name}.jsonl`, import.meta.url), 'utf8');
  const { header, observations } = parseCapture(text);
  if (!header) throw new Error(`${name} has no header`);
  return [...flowEvents(observations, header.started)];
}
