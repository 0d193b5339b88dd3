import type { Finding } from './check.ts';
import type { Result } from './examine.ts';

/** A sign and a word: no line depends on colour. */
const SIGNS: Readonly<Record<Finding['state'], string>> = {
  ok: '✓ ok     ',
  warning: '! warning',
  failure: '✗ failure',
  skipped: '– skipped',
};

/** `✓ ok       cluster      Kubernetes v1.36.2 answers in 12 ms`, with the cure behind an arrow. */
export function line({ name, state, words, cure }: Result): string {
  const told = cure === undefined ? words : `${words} → ${cure}`;
  return `${SIGNS[state]}  ${name.padEnd(11)}  ${told.replace(/\s*\n\s*/g, ' ')}`;
}

/** The checks stand in the order of what depends on what: the first failure comes first. */
export function firstToDo(results: readonly Result[]): Result | undefined {
  return results.find(({ state }) => state === 'failure');
}

export function lastLine(results: readonly Result[]): string {
  const first = firstToDo(results);
  if (!first) return 'You can go on stage.';
  return `Do this first (${first.name}): ${first.cure ?? first.words}`;
}

/** The same for tools. */
export function toJson(results: readonly Result[], seconds: number): string {
  const first = firstToDo(results);
  const ready = first === undefined;
  return JSON.stringify({ ready, ...(first && { first: first.name }), seconds, checks: results });
}
