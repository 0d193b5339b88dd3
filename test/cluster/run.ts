// Runs the tests on a real cluster: node test/cluster/run.ts [NAME …], as in `stack` for stack.test.ts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { Mistake } from '../../server/mistake.ts';
import { buildPrograms } from './build.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

try {
  const names = process.argv.slice(2);
  const files =
    names.length === 0
      ? globSync('test/cluster/*.test.ts', { cwd: ROOT })
      : names.map((name) => `test/cluster/${name}.test.ts`);
  const missing = files.filter((file) => !existsSync(path.join(ROOT, file)));
  if (missing.length > 0) throw new Mistake(`There is no ${missing.join(', no ')}.`, 2);
  if (process.env.FLUXDECK_CLUSTER !== 'kind') await buildPrograms(console.error);
  // All in one process, one after the other: they share a cluster.
  const tests = spawn(process.execPath, ['--test', '--test-isolation=none', ...files.toSorted()], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  // They stop their cluster before they end.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => tests.kill(signal));
  }
  const [code]: (number | null)[] = await once(tests, 'exit');
  process.exitCode = code ?? 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof Mistake ? error.exitCode : 1;
}
