import { readFileSync } from 'node:fs';

/** A case of a text fixture: a sentence, what goes in, what comes out. */
export interface Fixture {
  /** The sentence, with its line in the file. */
  title: string;
  input: string;
  expected: string;
}

/** Reads `test/fixtures/NAME`: a title, `.`, the input, `.`, what is expected, `.`. */
export function fixtures(name: string): Fixture[] {
  const lines = readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8').split('\n');
  const dots = lines.flatMap((line, at) => (line === '.' ? [at] : []));
  const found: Fixture[] = [];
  for (let n = 0; n + 2 < dots.length; n += 3) {
    const [first = 0, second = 0, third = 0] = dots.slice(n, n + 3);
    found.push({
      title: `line ${first}: ${lines[first - 1] ?? ''}`,
      input: lines.slice(first + 1, second).join('\n'),
      expected: lines.slice(second + 1, third).join('\n'),
    });
  }
  return found;
}
