#!/usr/bin/env node
// What npx runs, on whatever Node.js the machine has.
import { join } from 'node:path';
import { isNewEnough, runOnPackagedNode } from './node.js';

if (isNewEnough) await import('./cli.ts');
else runOnPackagedNode([join(import.meta.dirname, 'cli.ts'), ...process.argv.slice(2)]);
