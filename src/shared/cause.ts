import { kind, name } from './words.ts';

/** What kustomize-controller begins with: `Deployment/podinfo/podinfo dry-run failed: …`. */
const OBJECT = /^[A-Z]\w*(?:\/[^/\s:]+){1,2}(?=\s)/;

/**
 * An error in at most so many characters, none of its words changed. Go's errors go from the
 * outermost step to the cause, `: ` between them: what is left out are steps before the cause, but
 * not the object that it is about. One that was cut already has lost its cause: its beginning stays.
 */
export function cause(message: string, most: number): string {
  if (message.length <= most) return message;
  return ending(message, most) ?? `${message.slice(0, most).trimEnd()}…`;
}

function ending(message: string, most: number): string | undefined {
  if (message.endsWith('…')) return undefined;
  const object = OBJECT.exec(message)?.[0];
  const about = object === undefined ? '' : `${kind(object)} ${name(object)}: `;
  const clauses = message.split(': ');
  return clauses
    .map((_, index) => clauses.slice(index).join(': '))
    .filter(isWhole)
    .map((last) => about + last)
    .find((told) => told.length <= most);
}

/** It does not begin inside brackets. */
function isWhole(text: string): boolean {
  const count = (sign: string) => text.split(sign).length;
  return count('(') === count(')') && count('[') === count(']');
}
