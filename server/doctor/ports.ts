import { type Finding, failure, ok, warning } from './check.ts';

/** Who has a port: nobody, we ourselves, or somebody else. */
export interface Port {
  number: number;
  held: 'free' | 'ours' | 'taken';
}

export interface PortFacts {
  talk: Port;
  /** The demo's Git host's, if there is a demo. */
  git?: Port;
}

export function judgePorts({ talk, git }: PortFacts): Finding {
  if (git?.held === 'taken') {
    return failure(
      `another program has port ${git.number}, the Git host’s`,
      'End that program, or `fluxdeck demo down` and `demo up`: they take another port.',
    );
  }
  if (talk.held === 'taken') {
    return warning(
      `another program has port ${talk.number}: the talk takes the next free one`,
      'End that program if the address matters.',
    );
  }
  const told = [`${talk.number} for the talk ${how(talk)}`];
  if (git) told.push(`${git.number} for Git ${how(git)}`);
  return ok(told.join(', '));
}

function how({ held }: Port): string {
  return held === 'ours' ? 'is held by the talk that is open' : 'is free';
}
