import type { Compiled } from '../deck/compile.ts';
import type { Problem } from '../deck/problem.ts';

/** What a person who presents wants to hear of: not that all is well in another way. */
export function worthTelling(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ severity }) => severity !== 'notice');
}

/** A problem as compilers tell it, the cure below: `talk.md:12:3: warning: …`. */
export function tellProblem({ file, line, column, severity, message, cure }: Problem): string {
  return `${file}:${line}:${column}: ${severity}: ${message}\n    ${cure}`;
}

/** Bytes as people say them. */
export function tellBytes(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.ceil(bytes / 1000)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** How much a deck holds: `11 slides, 3 diagrams`. */
export function tellSize({ deck, models }: Compiled): string {
  return `${count(deck.slides.length, 'slide')}, ${count(models.size, 'diagram')}`;
}

/** `no problems`, `1 problem`, `2 problems`. */
export function count(number: number, noun: string): string {
  return `${number || 'no'} ${noun}${number === 1 ? '' : 's'}`;
}
