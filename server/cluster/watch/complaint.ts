import type { Seconds } from '../../../src/shared/flow.ts';
import { GRACE, isBelieved, type KindState, type LinkState, plural } from './health.ts';

type Status = Extract<KindState, { type: 'refused' }>['status'];

/** What the person at the terminal is told of refusals: once, and of all kinds in one line. */
export interface Complaints {
  /** The lines that are due. */
  due: (link: LinkState, kinds: ReadonlyMap<string, KindState>, now: Seconds) => string[];
  /** Whether some are to come by themselves. */
  isWaiting: () => boolean;
}

export function beginComplaints(): Complaints {
  const told = new Map<string, Status>();
  let isWaiting = false;
  return { due, isWaiting: () => isWaiting };

  function due(link: LinkState, kinds: ReadonlyMap<string, KindState>, now: Seconds): string[] {
    const refused = [...kinds].flatMap(([kind, state]) => {
      if (state.type === 'live' || state.type === 'absent') told.delete(kind);
      if (state.type !== 'refused' || !isBelieved(state, link, now)) return [];
      return told.get(kind) === state.status ? [] : [{ kind, ...state }];
    });
    // Where one is refused, others are in a moment.
    isWaiting = refused.length > 0 && refused.every(({ since }) => now - since < GRACE);
    if (isWaiting) return [];
    for (const { kind, status } of refused) told.set(kind, status);
    return ([401, 403] as const).flatMap((status) => {
      const [first, ...others] = refused.filter((one) => one.status === status);
      return first ? [inWords(status, first.kind, others.length, first.message)] : [];
    });
  }
}

function inWords(status: Status, kind: string, others: number, message: string): string {
  const more = others === 0 ? '' : ` and ${others} other ${others === 1 ? 'kind' : 'kinds'}`;
  const kinds = `${plural(kind)}${more}`;
  return status === 401
    ? `The cluster does not know who asks for ${kinds}: ${message}`
    : `The cluster does not let us watch ${kinds}: ${message}`;
}
