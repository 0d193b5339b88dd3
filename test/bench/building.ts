import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { CACHE, ROOT } from '../../server/cache.ts';
import type { Bench } from './bench.ts';
import { median, repeat } from './sample.ts';
import { DECK } from './testbed.ts';

const DRAWINGS = path.join(CACHE, 'diagrams');
const ASIDE = `${DRAWINGS}.aside`;

/** `fluxdeck build`, from the start of the process to its end. */
export const building: Bench = async ({ scratch, runs }) => {
  const warm = await repeat(runs, () => build(scratch));
  await rename(DRAWINGS, ASIDE);
  try {
    const cold = await repeat(Math.min(runs, 3), async () => {
      await rm(DRAWINGS, { recursive: true, force: true });
      return build(scratch);
    });
    return [
      {
        what: 'build, drawings kept',
        unit: 'ms',
        ours: median(warm),
        goal: { of: 'ours', most: 1500 },
      },
      { what: 'build, nothing drawn yet', unit: 'ms', ours: median(cold) },
    ];
  } finally {
    await rm(DRAWINGS, { recursive: true, force: true });
    await rename(ASIDE, DRAWINGS);
  }
};

async function build(out: string): Promise<number> {
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    [path.join(ROOT, 'server/cli.ts'), 'build', DECK, '-o', out, '--json'],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`fluxdeck build ended with ${String(code)}`);
  return performance.now() - begun;
}
