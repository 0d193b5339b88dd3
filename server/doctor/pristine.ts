import { type Finding, failure, ok, skipped } from './check.ts';

export interface DemoFacts {
  state: 'pristine' | 'used' | 'unfinished' | 'absent' | 'away';
  /** One sentence each. */
  why: readonly string[];
}

export function judgeDemo({ state, why }: DemoFacts): Finding {
  switch (state) {
    case 'pristine':
      return ok('pristine');
    case 'used': {
      const [first = '', second, ...rest] = why;
      const more = rest.length === 0 ? '' : ` and ${rest.length} more`;
      const told = second === undefined ? first : `${first}; ${second}${more}`;
      return failure(`used: ${told}`, 'fluxdeck demo reset');
    }
    case 'unfinished':
      return failure('`demo up` did not come to its end', 'fluxdeck demo up');
    case 'absent':
      return skipped('there is none');
    case 'away':
      return skipped('needs the demo’s cluster');
    default:
      return state satisfies never;
  }
}
