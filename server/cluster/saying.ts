import type { FlowEvent, Seconds } from '../../src/shared/flow.ts';
import { get, put } from './keyed.ts';
import type { State, Step } from './state.ts';

/** What was said last of an object, and whether an Event or the object's own status said it. */
export interface Said {
  text: string;
  at: Seconds;
  by: 'event' | 'status';
}

/** An Event and a status that tell the same failure are milliseconds apart. */
const echo: Seconds = 5;

/** A notice, unless the other of the two has just said the same. */
export function saying(state: State, key: string, said: Said, severity: 'info' | 'warning'): Step {
  if (isEcho(said, get(state.said, key))) return { state, events: [] };
  const notice: FlowEvent = { type: 'notice', key, text: said.text, severity };
  return { state: { ...state, said: put(state.said, key, said) }, events: [notice] };
}

function isEcho(said: Said, last: Said | undefined): boolean {
  return (
    last !== undefined &&
    last.by !== said.by &&
    last.text === said.text &&
    said.at - last.at <= echo
  );
}
