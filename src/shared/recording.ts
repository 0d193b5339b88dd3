import { flowEvent, health, resource, type Timed } from './event.ts';
import type { Health, Resource } from './flow.ts';
import { fromJson, list, number, object, optional, pair, text } from './shape.ts';

/** A run that really happened. */
export interface Recording {
  title: string;
  /** ISO date; every time counts from here. */
  started: string;
  /** The digest of the deck's text, if it was recorded with one. */
  deck?: string;
  /** What was known before the first event. */
  flow: { resources: Resource[]; health: Health };
  /** In the order of their times, which are whole milliseconds. */
  events: Timed[];
}

/** Why a text is no recording, and the line that says so; lines count from 1. */
export interface RecordingProblem {
  line: number;
  text: string;
}

interface Header extends Omit<Recording, 'events'> {
  version: 1;
}

const header = object<Header>({
  version: (value) => (value === 1 ? value : undefined),
  title: text,
  started: text,
  deck: optional(text),
  flow: object({ resources: list(resource), health }),
});
const step = pair(number, flowEvent);

/**
 * JSON Lines: a header, then `[seconds since the line before, event]`. Other lines are comments.
 * A last line that was cut short, as when a recorder is killed, is left out.
 */
export function parseRecording(
  recording: string,
): { recording: Recording } | { problem: RecordingProblem } {
  const lines = recording.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => /^[{[]/.test(line));
  const head = fromJson(header, lines[first]);
  if (!head) return fail(Math.max(first, 0), 'this is not the header of a recording of version 1');
  const { version: _, ...about } = head;
  const events: Timed[] = [];
  let milliseconds = 0;
  for (let index = first + 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (!line.startsWith('[')) continue;
    const parsed = fromJson(step, line);
    if (!parsed && index === lines.length - 1 && !isJson(line)) break;
    if (!parsed) return fail(index, 'this is not [seconds since the line before, event]');
    const [seconds, event] = parsed;
    if (seconds < 0 && events.length > 0) return fail(index, 'here time goes backwards');
    milliseconds += Math.round(seconds * 1000);
    events.push({ at: milliseconds / 1000, event });
  }
  return { recording: { ...about, events } };
}

/** The text of a recording: times are rounded to milliseconds, events put in their order. */
export function stringifyRecording(recording: Recording): string {
  let milliseconds = 0;
  const steps = inOrder(recording.events).map(({ at, event }) => {
    const now = Math.round(at * 1000);
    const line = JSON.stringify([(now - milliseconds) / 1000, event]);
    milliseconds = now;
    return line;
  });
  return [recordingHeader(recording), ...steps, ''].join('\n');
}

/** The first line of a recording, for one that is written while it happens. */
export function recordingHeader({ title, started, deck, flow }: Omit<Recording, 'events'>): string {
  return JSON.stringify({ version: 1, title, started, deck, flow });
}

function inOrder(events: readonly Timed[]): Timed[] {
  return events.toSorted((a, b) => a.at - b.at);
}

function isJson(line: string): boolean {
  return fromJson((value) => ({ value }), line) !== undefined;
}

function fail(index: number, words: string): { problem: RecordingProblem } {
  return { problem: { line: index + 1, text: words } };
}
