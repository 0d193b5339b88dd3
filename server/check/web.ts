import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What an address of the web answered, and when. */
export interface Answer {
  /** The status, or why there was none. */
  said: number | string;
  /** ISO date. */
  at: string;
}

/** Milliseconds. */
const PATIENCE = 10_000;
const AGAIN = 500;
const FRESH = 24 * 60 * 60 * 1000;
const AT_ONCE = 6;

/**
 * Asks addresses of the web whether they are there. Good answers are kept for a day in `file`.
 * @param tell hears how far it is
 */
export async function askWeb(
  addresses: readonly string[],
  file: string,
  tell: (done: number, all: number) => void,
): Promise<Map<string, Answer>> {
  const kept = await readKept(file);
  const answers = new Map<string, Answer>();
  const left = [...new Set(addresses)];
  const all = left.length;
  const work = async () => {
    for (let address = left.shift(); address !== undefined; address = left.shift()) {
      const known = kept.get(address);
      const isFresh = known && isGood(known) && Date.now() - Date.parse(known.at) < FRESH;
      answers.set(address, isFresh ? known : await ask(address));
      tell(answers.size, all);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await keep(file, new Map([...kept, ...answers]));
  return answers;
}

/** Pages that want a login or a human are there all the same. */
export function isGood({ said }: Answer): boolean {
  return typeof said === 'number' && (said < 400 || [401, 403, 405, 429].includes(said));
}

async function ask(address: string): Promise<Answer> {
  const first = await once(address, 'HEAD');
  if (isGood(first) && first.said !== 405) return first;
  // Some know no HEAD, and some need a second knock.
  await new Promise((resolve) => setTimeout(resolve, AGAIN));
  return once(address, 'GET');
}

async function once(address: string, method: string): Promise<Answer> {
  const at = new Date().toISOString();
  try {
    const answer = await fetch(address.replace(/#.*$/, ''), {
      method,
      signal: AbortSignal.timeout(PATIENCE),
    });
    await answer.body?.cancel();
    return { said: answer.status, at };
  } catch (error) {
    return { said: reason(error), at };
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${PATIENCE / 1000} s`;
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
}

async function readKept(file: string): Promise<Map<string, Answer>> {
  try {
    const kept: unknown = JSON.parse(await readFile(file, 'utf8'));
    return new Map(
      Object.entries(Object(kept)).flatMap(([address, value]): [string, Answer][] => {
        const { said, at } = Object(value);
        const isAnswer = typeof at === 'string' && ['number', 'string'].includes(typeof said);
        return isAnswer ? [[address, { said, at }]] : [];
      }),
    );
  } catch {
    return new Map();
  }
}

/** Where nothing can be written, all is asked again the next time. */
async function keep(file: string, answers: ReadonlyMap<string, Answer>): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(Object.fromEntries(answers), null, 1)}\n`);
  } catch {
    // As said.
  }
}
