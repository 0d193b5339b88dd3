import { readFile } from 'node:fs/promises';
import { asRecorded, recordedHealth, recordedOn } from '../../src/shared/player.ts';
import { parseRecording, type Recording } from '../../src/shared/recording.ts';
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

/** A run on file, in place of a cluster. */
export interface Run {
  what: 'capture' | 'recording';
  /** ISO date */
  started: string;
  /** Plays it into a hub as if it were a cluster: its start is the hub's. Returns how to stop. */
  play: (hub: Hub, time: ReplayTime) => () => void;
}

/** Reads a capture or a recording, or says what is wrong with it and where. */
export async function readRun(file: string): Promise<Run> {
  const text = await read(file);
  const recording = recordingIn(file, text);
  if (recording) {
    const play: Run['play'] = (hub, time) => playRecording(recording, hub, time);
    return { what: 'recording', started: recording.started, play };
  }
  const capture = captureIn(file, text);
  const play: Run['play'] = (hub, time) => playCapture(capture, hub, time);
  return { what: 'capture', started: capture.header.started, play };
}

/** Reads a capture, or says what is wrong with it and where. */
export async function readCapture(file: string): Promise<Playable> {
  const text = await read(file);
  if (recordingIn(file, text)) {
    throw new Mistake(
      `${file} is a recording, not a capture. Play it: fluxdeck start --from ${file}`,
    );
  }
  return captureIn(file, text);
}

function playCapture({ header, observations }: Playable, hub: Hub, time: ReplayTime): () => void {
  hub.publish(time.clock(), [{ type: 'health', ...recordedOn(header.started) }]);

  let state = initial(header.started);
  return replay(observations, time, (observation) => {
    const step = observe(state, observation);
    state = step.state;
    hub.publish(observation.at, step.events);
  });
}

/** Where its speaker was is left out: this is another talk. */
function playRecording({ started, flow, events }: Recording, hub: Hub, time: ReplayTime) {
  hub.publish(time.clock(), [
    { type: 'health', ...recordedHealth(flow.health, started) },
    ...flow.resources.map((resource) => ({ type: 'changed', resource }) as const),
  ]);
  const played = events.filter(({ event }) => event.type !== 'position');
  return replay(played, time, (timed) => {
    hub.publish(timed.at, [asRecorded(timed, started).event]);
  });
}

function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new Mistake(`${file} can't be read: ${reasonOf(error)}.`);
  });
}

/** Undefined of what has not the header of a recording. */
function recordingIn(file: string, text: string): Recording | undefined {
  const parsed = parseRecording(text);
  if ('recording' in parsed) return parsed.recording;
  const header = /^\{.*/m.exec(text)?.[0] ?? '';
  if ('problem' in parseRecording(header)) return undefined;
  const { line, text: words } = parsed.problem;
  throw new Mistake(`${file} is a damaged recording: line ${line}: ${words}.`);
}

function captureIn(file: string, text: string): Playable {
  const { header, observations, problems } = parseCapture(text);
  const [problem] = problems;
  if (!header || observations.length === 0) {
    throw new Mistake(
      `${file} is no capture: line ${problem?.line ?? 1} ${problem?.message ?? 'is the last'}.`,
    );
  }
  return { header, observations, problems };
}
