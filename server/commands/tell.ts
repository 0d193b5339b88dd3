import type { Problem } from '../deck/problem.ts';

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
