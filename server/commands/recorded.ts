import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { longest, type SceneLengths, sceneLengths } from '../../src/shared/moment.ts';
import { parseRecording, type Recording } from '../../src/shared/recording.ts';
import { scenes } from '../../src/shared/scene.ts';
import { RECORDING, RECORDINGS } from '../cache.ts';
import { ownRunsFolder } from './ownRuns.ts';

/** The scenes of the recording that ships: what a talk without a cluster, and a static site, play. */
export async function shippedLengths(): Promise<SceneLengths> {
  const parsed = parseRecording(await readFile(path.join(RECORDINGS, RECORDING), 'utf8'));
  return 'recording' in parsed ? lengthsOf(parsed.recording) : new Map();
}

/** The same, and the scenes of the speaker's own runs where these last longer. */
export async function keptLengths(): Promise<SceneLengths> {
  const { runsIn } = await import('../runs.ts');
  const own = await runsIn(ownRunsFolder()).scenes();
  return longest([await shippedLengths(), ...[...own.values()].map(lengthsOf)]);
}

function lengthsOf(recording: Recording): SceneLengths {
  return sceneLengths(scenes(recording));
}
