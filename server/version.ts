import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './cache.ts';

/** The version of this fluxdeck, as its package says. */
export function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const isTold = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isTold ? String(manifest.version) : 'unknown';
}
