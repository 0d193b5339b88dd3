import { readFile } from 'node:fs/promises';
import { recordedOn } from '../../src/shared/player.ts';
import { type Capture, type CaptureHeader, parseCapture } from '../cluster/capture.ts';
import { observe } from '../cluster/observe.ts';
import { type ReplayTime, replay } from '../cluster/replay.ts';
import { initial } from '../cluster/state.ts';
import type { Hub } from '../hub.ts';
import { Mistake, reasonOf } from '../mistake.ts';

/** A capture that can be played. */
export interface Playable extends Pick<Capture, 'observations' | 'problems'> {
  header: CaptureHeader;
}

/** Plays a capture into a hub as if it were a cluster: its start is the hub's. Returns how to stop. */
export function playCapture(
  { header, observations }: Playable,
  hub: Hub,
  { clock, schedule }: ReplayTime,
): () => void {
  hub.publish(clock(), [{ type: 'health', ...recordedOn(header.started) }]);

  let state = initial(header.started);
  return replay(observations, { clock, schedule }, (observation) => {
    const step = observe(state, observation);
    state = step.state;
    hub.publish(observation.at, step.events);
  });
}

/** Reads a capture, or says what is wrong with it and where. */
export async function readCapture(file: string): Promise<Playable> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Mistake(`${file} can't be read: ${reasonOf(error)}.`);
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
