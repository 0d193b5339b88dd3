import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Recording, recordingHeader } from '../src/shared/recording.ts';
import type { Hub } from './hub.ts';
import { reasonOf } from './mistake.ts';

export interface RecorderOptions {
  file: string;
  about: Omit<Recording, 'events' | 'flow'>;
  hub: Pick<Hub, 'listen' | 'flow'>;
  /** Told once, when the run can't be kept: the talk goes on without. */
  onProblem: (words: string) => void;
}

/**
 * Writes what a hub tells into a recording, line by line as it happens: who is killed loses its
 * last line. The file is its owner's alone. Returns how to end it.
 */
export function record({ file, about, hub, onProblem }: RecorderOptions): () => Promise<void> {
  const { resources, health } = hub.flow();
  const fail = (error: unknown) => onProblem(`This run can't be kept: ${reasonOf(error)}.`);
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  } catch (error) {
    fail(error);
    return async () => {};
  }
  const writing = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  writing.once('error', fail);
  writing.write(
    `${recordingHeader({ ...about, flow: { resources: [...resources.values()], health } })}\n`,
  );
  let milliseconds = 0;
  const leave = hub.listen((at, events) => {
    for (const event of events) {
      // Two streams may be told a little out of order; in a file time goes forward only.
      const now = Math.max(milliseconds, Math.round(at * 1000));
      writing.write(`${JSON.stringify([(now - milliseconds) / 1000, event])}\n`);
      milliseconds = now;
    }
  });
  return async () => {
    leave();
    await new Promise<void>((resolve) => {
      if (writing.destroyed) resolve();
      else writing.end(resolve);
    });
  };
}
