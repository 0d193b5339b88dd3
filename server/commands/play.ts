import { readFile } from 'node:fs/promises';
import type { Seconds } from '../../src/shared/flow.ts';
import { parseCapture } from '../cluster/capture.ts';
import { observe } from '../cluster/observe.ts';
import { replay } from '../cluster/replay.ts';
import { initial } from '../cluster/state.ts';
import type { Hub } from '../hub.ts';
import { Mistake, systemCode } from '../mistake.ts';

/** Plays a capture into a hub as if it were a cluster, in its own time, from now on. */
export async function playCapture(
  file: string,
  hub: Hub,
  clock: { now(): Seconds; after(delay: Seconds, wake: () => void): () => void },
): Promise<() => void> {
  const { header, observations } = await readCapture(file);
  const begun = clock.now();
  const text = `recorded ${header.started.slice(0, 10)}`;
  hub.publish(begun, [{ type: 'health', state: 'recorded', text }]);

  let state = initial(header.started);
  return replay(
    observations,
    { now: () => clock.now() - begun, after: clock.after },
    (observation) => {
      const step = observe(state, observation);
      state = step.state;
      hub.publish(begun + observation.at, step.events);
    },
  );
}

/** Reads a capture, or says what is wrong with it and where. */
export async function readCapture(file: string) {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Mistake(`${file} can't be read (${systemCode(error) ?? 'unknown reason'}).`);
  });
  const { header, observations, problems } = parseCapture(text);
  const [problem] = problems;
  if (!header || observations.length === 0) {
    throw new Mistake(
      `${file} is no capture: line ${problem?.line ?? 1} ${problem?.message ?? 'is the last'}.`,
    );
  }
  return { header, observations, problems };
}
