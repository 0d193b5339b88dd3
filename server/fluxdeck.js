#!/usr/bin/env node
// What npx runs, on whatever Node.js the machine has: the sources in the repository, what was
// compiled of them in the package.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isNewEnough, runOnPackagedNode } from './node.js';

const [sources, compiled] = ['./cli.ts', '../build/server/cli.js'].map(
  (place) => new URL(place, import.meta.url),
);
const program = existsSync(sources) ? sources : compiled;

if (isNewEnough) await import(program.href);
else runOnPackagedNode([fileURLToPath(program), ...process.argv.slice(2)]);
