import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { addressOf } from '../cluster/manifest.ts';
import type { Stack } from '../cluster/stack.ts';
import { deployment, NAMESPACE, put } from './clusterLoad.ts';
import type { Figure } from './figure.ts';
import { type NumberAt, showing, watchNumbers } from './numbers.ts';
import { percentile } from './sample.ts';

/** Milliseconds between two writes: never in step with frames. */
const BETWEEN = 113;
/** Pods that the workload wants: more than any write makes ready. */
const WANTED = 9999;
const NAME = 'counted';
const COUNTED = deployment(NAME, 0, WANTED);

/**
 * From the write of a status to the end of the frame that shows it, beside when a bare watch of
 * the same API server has it.
 * @param page on the slide with the diagram
 * @param first the number to count from
 */
export async function writeToPixel(
  { admin, raw }: Stack,
  page: Page,
  { changes, first, where }: { changes: number; first: number; where: string },
): Promise<Figure[]> {
  const status = (readyReplicas: number) => ({
    observedGeneration: 1,
    replicas: WANTED,
    updatedReplicas: WANTED,
    readyReplicas,
  });
  await put(admin, 'kustomize-controller', COUNTED, status(first));
  const node = await showing(page, first);
  const watch = await node.evaluateHandle(watchNumbers);

  const written: NumberAt[] = [];
  for (let number = first + 1; number <= first + changes; number += 1) {
    written.push({ number, at: Date.now() });
    await admin.patch(`${addressOf(COUNTED)}/status`, { status: status(number) });
    await wait(BETWEEN);
  }
  await showing(page, first + changes);
  const seen = await watch.evaluate(({ seen }) => seen);
  const begun = written[0]?.at ?? 0;
  const bare = raw.lines.flatMap(({ at, object }) =>
    at >= begun && object?.metadata.name === NAME && object.metadata.namespace === NAMESPACE
      ? [{ at, number: object.status?.readyReplicas ?? 0 }]
      : [],
  );
  const delays = (sightings: readonly NumberAt[]) =>
    written.map(({ number, at }) => {
      const sighting = sightings.find((each) => each.number >= number);
      return (sighting?.at ?? Number.POSITIVE_INFINITY) - at;
    });
  return [50, 99].map((percent) => ({
    what: `API write to pixel${where}, p${percent} (plain: to a bare watch)`,
    unit: 'ms',
    ours: percentile(delays(seen), percent),
    plain: percentile(delays(bare), percent),
    goal: { of: 'excess', most: 60 },
    note: `of ${changes}`,
  }));
}
