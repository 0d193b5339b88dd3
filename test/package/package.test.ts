import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { type Browser, chromium } from '@playwright/test';
import express from 'express';
import { provideBrowser } from '../helpers/browser.ts';
import { type Ended, pack, packagesIn, someMachine } from './installed.ts';

const MOST_BYTES = 1_500_000;
const LIMIT = { timeout: 120_000 };
const TALK = `# Talk

# A diagram

\`\`\`mermaid
flowchart LR
U((User)) --> G(Git Host) --> S((GitRepository)) --> K((Kustomization)) --> C((K8s))
\`\`\`

# Steps

* one
* {::wait/}two
`;

const machine = someMachine();
const folder = path.join(machine.folder, 'author');
const npx = (...args: string[]) => machine.run('npx', ['fluxdeck', ...args], folder);
let packed: { archive: string; bytes: number };
let browser: Browser;

before(
  async () => {
    packed = await pack(machine);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'talk.md'), TALK);
    await install(folder);
    browser = await chromium.launch({
      executablePath: provideBrowser(),
      args: ['--no-sandbox', '--disable-gpu'],
    });
  },
  { timeout: 600_000 },
);
after(() => browser?.close());

async function install(where: string, ...more: string[]): Promise<void> {
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...more];
  succeeded(await machine.run('npm', [...args, packed.archive], where));
}

function succeeded({ code, out, err }: Ended): string {
  assert.equal(code, 0, `${out}\n${err}`);
  return out;
}

test('the package is small, and holds compiled JavaScript and nothing to compile', () => {
  assert.ok(packed.bytes <= MOST_BYTES, `${packed.bytes} bytes`);
  const inside = path.join(folder, 'node_modules/fluxdeck');
  const files = readdirSync(inside, { recursive: true, encoding: 'utf8' });
  assert.deepEqual(
    files.filter((file) => /\.tsx?$|(^|\/)(test|slides|src\/deck)(\/|$)/.test(file)),
    [],
  );
});

test('what builds it is not installed with it', () => {
  const there = packagesIn(folder);
  assert.ok(there.includes('express'));
  const builders = ['vite', 'typescript', 'reveal.js', 'rolldown', 'playwright', 'esbuild'];
  assert.deepEqual(
    builders.filter((name) => there.includes(name)),
    [],
  );
});

test('check, outline, doctor, demo and help run on that machine', LIMIT, async () => {
  assert.match(succeeded(await npx('check', 'talk.md')), /^talk\.md: 3 slides, 1 diagram/m);
  assert.match(succeeded(await npx('outline', 'talk.md')), /A diagram/);
  assert.match(succeeded(await npx('demo', 'up', '--print')), /apiVersion: kind/);
  assert.match((await npx('doctor', 'talk.md')).out, /ok\s+deck\s+3 slides, 1 diagram/);
  assert.match((await npx('--version')).out, /^\d+\.\d+\.\d+\n$/);
  assert.equal((await npx('chekc')).code, 2);
});

test('the talk opens, its steps move, and its scene plays', LIMIT, async () => {
  const args = ['fluxdeck', 'start', 'talk.md', '--no-open', '--json', '--port', '0'];
  const started = machine.launch('npx', args, folder);
  assert.ok(started.stdout && started.pid);
  try {
    const [line] = await once(createInterface({ input: started.stdout }), 'line');
    const { presenter }: { presenter: string } = JSON.parse(String(line));
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(presenter);
    await page.waitForSelector('.reveal.ready');
    await page.keyboard.press('Space');
    await page.locator('section.present .feed-badge', { hasText: 'Shift+L: push' }).waitFor();
    await page.keyboard.press('Shift+L');
    await page.locator('section.present .said', { hasText: 'push' }).waitFor();
    await page.keyboard.press('Shift+ArrowRight');
    const second = page.locator('section.present li', { hasText: 'two' });
    assert.equal(await second.isVisible(), false);
    await page.keyboard.press('Space');
    await second.waitFor({ state: 'visible' });
    assert.deepEqual(complaints, []);
    await page.close();
  } finally {
    process.kill(-started.pid, 'SIGINT');
  }
  await once(started, 'exit');
});

test('a new talk is checked and built there, and any web server serves it', LIMIT, async () => {
  succeeded(await npx('new', 'my-talk'));
  const talk = path.join(folder, 'my-talk');
  const manifest = path.join(talk, 'package.json');
  const { version }: { version: string } = JSON.parse(
    readFileSync(path.join(folder, 'node_modules/fluxdeck/package.json'), 'utf8'),
  );
  assert.equal(JSON.parse(readFileSync(manifest, 'utf8')).dependencies.fluxdeck, version);

  await install(talk);
  assert.match(
    succeeded(await machine.run('npm', ['run', 'check', '--silent'], talk)),
    /no problems/,
  );
  succeeded(await machine.run('npm', ['run', 'build', '--silent'], talk));
  const site = createServer(express().use(express.static(path.join(talk, 'dist'))));
  after(() => site.close());
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const address = site.address();
  assert.ok(typeof address === 'object' && address);
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${address.port}/#/a-picture-says-the-rest`);
  await page.waitForSelector('.reveal.ready');
  assert.ok(
    await page
      .locator('section.present img')
      .evaluate((picture: HTMLImageElement) => picture.naturalWidth > 0),
  );
  await page.close();
});
