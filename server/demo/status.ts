import type { AskApi } from '../api.ts';
import { Mistake } from '../mistake.ts';
import { changesSince } from './inspect.ts';
import type { Demo } from './state.ts';

/** Whether the demo is as `demo up` left it, and if not, why, one sentence each. */
export interface DemoStatus {
  state: 'pristine' | 'used' | 'unfinished' | 'absent' | 'away';
  why: string[];
}

/** Asks and changes nothing. */
export async function demoStatus(demo: Demo | undefined, ask: AskApi): Promise<DemoStatus> {
  if (!demo) return { state: 'absent', why: ['There is no demo. `fluxdeck demo up` makes one.'] };
  if (!demo.pristine) {
    return {
      state: 'unfinished',
      why: ['`demo up` did not come to its end. Run it again: it goes on where it was.'],
    };
  }
  try {
    const changes = await changesSince(demo, demo.pristine, ask);
    return {
      state: changes.length === 0 ? 'pristine' : 'used',
      why: changes.map(({ words }) => words),
    };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { state: 'away', why: [error.message] };
  }
}
