import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

/** Which folder may import from which others; each may import from itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'src/shared': [],
  'src/deck': ['src/shared'],
  'src/diagram': ['src/shared'],
  'src/feed': ['src/shared'],
  'src/panel': ['src/shared'],
  'src/scrubber': ['src/shared'],
  'src/style': [],
  'src/writing': ['src/shared'],
  // The composition root of the page.
  src: [
    'src/shared',
    'src/deck',
    'src/diagram',
    'src/feed',
    'src/panel',
    'src/scrubber',
    'src/writing',
  ],
  'server/deck': ['src/shared', 'server', 'server/deck/rules', 'server/deck/diagram'],
  'server/deck/rules': ['server/deck'],
  'server/deck/diagram': ['server/deck'],
  'server/cluster': ['src/shared'],
  'server/cluster/watch': ['src/shared', 'server', 'server/cluster'],
  'server/demo': ['server'],
  'server/demo/scenes': ['src/shared', 'server', 'server/demo'],
  'server/check': ['src/shared', 'server', 'server/deck'],
  'server/doctor': ['src/shared', 'server'],
  'server/http': ['server'],
  // The composition roots of the companion.
  'server/commands': [
    'src/shared',
    'server',
    'server/deck',
    'server/deck/diagram',
    'server/check',
    'server/cluster',
    'server/cluster/watch',
    'server/demo',
    'server/demo/scenes',
    'server/doctor',
    'server/http',
  ],
  server: ['src/shared', 'server/commands', 'server/deck'],
};

const ROOT = path.resolve(import.meta.dirname, '..');

function sources(): string[] {
  return ['src', 'server'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|js)$/.test(file))
      .map((file) => path.join(folder, file)),
  );
}

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const found = text.matchAll(
    /(?:^|[\s;])(?:import|export)\b[^'"]*?['"](\.[^'"]+\.(?:ts|js))['"]/g,
  );
  const lazy = text.matchAll(/\bimport\(\s*['"](\.[^'"]+\.(?:ts|js))['"]/g);
  return [...found, ...lazy].map((match) => path.join(path.dirname(file), match[1] ?? ''));
}

test('every folder imports only from those that the table names', () => {
  const wrong = sources().flatMap((file) => {
    const folder = path.dirname(file);
    const allowed = MAY_IMPORT[folder];
    assert.ok(allowed, `${folder} is not in the table`);
    return importsOf(file)
      .filter((target) => ![folder, ...allowed].includes(path.dirname(target)))
      .map((target) => `${file} imports ${target}`);
  });
  assert.deepEqual(wrong, []);
});

test('every folder in the table exists and uses what it is allowed', () => {
  const used = new Map<string, Set<string>>();
  for (const file of sources()) {
    const folder = path.dirname(file);
    const targets = used.get(folder) ?? new Set();
    for (const target of importsOf(file)) targets.add(path.dirname(target));
    used.set(folder, targets);
  }
  const idle = Object.entries(MAY_IMPORT).flatMap(([folder, allowed]) =>
    allowed.filter((target) => !used.get(folder)?.has(target)).map((t) => `${folder} → ${t}`),
  );
  assert.deepEqual(idle, []);
});

test('nothing exports by default but what a tool asks for', () => {
  const wrong = sources().filter(
    (file) =>
      !file.endsWith('vite.config.ts') &&
      /^export default/m.test(readFileSync(path.join(ROOT, file), 'utf8')),
  );
  assert.deepEqual(wrong, []);
});
