#!/usr/bin/env node
// What npx runs, on whatever Node.js the machine has.
import { fileURLToPath } from 'node:url';
import { isNewEnough, runOnPackagedNode } from './node.js';

if (isNewEnough) await import('./cli.ts');
else {
  const cli = fileURLToPath(new URL('./cli.ts', import.meta.url));
  runOnPackagedNode([cli, ...process.argv.slice(2)]);
}
