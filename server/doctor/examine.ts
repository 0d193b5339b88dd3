import type { Check, Finding } from './check.ts';

/** A check that has been made. */
export interface Result extends Finding {
  name: string;
}

export interface ExamineOptions {
  /** Seconds that each check has. */
  limit: number;
  schedule: (after: number, run: () => void) => () => void;
  /** Called in the order of the checks, each as soon as those before it are told. */
  onResult: (result: Result) => void;
}

/** Makes all checks at the same time. Never rejects: a check that breaks or hangs is a failure. */
export async function examine(
  checks: readonly Check[],
  { limit, schedule, onResult }: ExamineOptions,
): Promise<Result[]> {
  const begun = checks.map(async ({ name, find }) => {
    const late = Promise.withResolvers<Finding>();
    const cancel = schedule(limit, () => late.resolve(tooLate(limit)));
    const finding = await Promise.race([find().catch(broken), late.promise]);
    cancel();
    return { name, ...finding };
  });
  const results: Result[] = [];
  for (const one of begun) {
    const result = await one;
    results.push(result);
    onResult(result);
  }
  return results;
}

function tooLate(limit: number): Finding {
  return {
    state: 'failure',
    words: `did not answer within ${limit} s`,
    cure: 'Run `fluxdeck doctor` again; if it stays so, try by hand what this line is about.',
  };
}

/** Its message is not repeated: nobody has looked at what may stand in it. */
function broken(error: unknown): Finding {
  return {
    state: 'failure',
    words: `could not be found out (${error instanceof Error ? error.name : 'unknown error'})`,
    cure: 'Run `fluxdeck doctor` again; if it stays so, this is a fault of fluxdeck.',
  };
}
