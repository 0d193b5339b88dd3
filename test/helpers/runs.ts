import { readFileSync } from 'node:fs';
import { type CaptureHeader, parseCapture } from '../../server/cluster/capture.ts';
import type { Observation } from '../../server/cluster/observation.ts';

export const runs = ['webinar', 'trouble', 'helm'] as const;

/** A capture of a real cluster, from the fixtures. */
export function run(name: string): { header: CaptureHeader; observations: Observation[] } {
  const file = new URL(`../fixtures/runs/${name}.jsonl`, import.meta.url);
  const { header, observations, problems } = parseCapture(readFileSync(file, 'utf8'));
  if (!header || problems.length > 0) throw new Error(`${name}: ${JSON.stringify(problems)}`);
  return { header, observations };
}
