import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Recording, stringifyRecording } from '../../src/shared/recording.ts';
import { flowEvents } from '../cluster/observe.ts';
import type { Io } from '../io.ts';
import { Mistake, reasonOf } from '../mistake.ts';
import { readCapture } from './play.ts';

/** Makes a recording of a capture, through the very code that a live watch goes through. */
export async function importCapture(
  file: string,
  options: { out: string; title?: string; json?: boolean },
  io: Io,
): Promise<void> {
  const out = path.resolve(options.out);
  if (out === path.resolve(file)) {
    throw new Mistake('That is the capture itself. Name another file: -o FILE', 2);
  }
  const { header, observations, problems } = await readCapture(file);
  for (const { line, message } of problems)
    io.err(`${file}:${line}: warning: this line ${message}`);

  const recording: Recording = {
    title: options.title ?? header.run,
    started: header.started,
    flow: { resources: [], health: { state: 'live', text: 'live' } },
    events: [...flowEvents(observations, header.started)],
  };
  await writeFile(options.out, stringifyRecording(recording)).catch((error: unknown) => {
    throw new Mistake(`${options.out} can't be written: ${reasonOf(error)}.`);
  });

  const seconds = Math.round(recording.events.at(-1)?.at ?? 0);
  const made = { out, events: recording.events.length, seconds };
  if (options.json) io.out(JSON.stringify(made));
  else
    io.out(
      `${observations.length} observations → ${made.events} events in ${seconds} s → ${options.out}`,
    );
}
