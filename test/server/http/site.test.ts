import assert from 'node:assert/strict';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { after, test } from 'node:test';
import { folderWith } from '../../helpers/folder.ts';
import { ask, tell } from '../../helpers/request.ts';
import { serve } from '../../helpers/serve.ts';

const folder = folderWith({
  'outside.png': 'outside',
  '.talks/talk.md': '# Talk\n\n# Slide\n\n## note\n\nThe secret.\n',
  '.talks/notes.txt': 'secret',
  '.talks/logo.png': 'logo',
  '.talks/film.mp4': '0123456789',
  '.talks/pictures/a plan.svg': '<svg/>',
  '.talks/.hidden.png': 'hidden',
  '.talks/.git/logo.png': 'hidden',
  '.talks/folder.png/x.txt': '',
});
symlinkSync(path.join(folder, 'outside.png'), path.join(folder, '.talks/link.png'));
symlinkSync(path.join(folder, '.talks/.git'), path.join(folder, '.talks/shown'));
const companion = await serve(path.join(folder, '.talks/talk.md'), {
  state: folderWith(),
});
after(() => companion.stop());

const { audience, presenter } = companion;
const { port } = new URL(audience);
const page = await ask(audience, '/');

test('the page holds the slides, and neither the notes nor the token', () => {
  const token = new URL(presenter).searchParams.get('present') ?? '';
  assert.ok(token.length >= 20);
  assert.equal(page.status, 200);
  assert.match(page.headers['content-type'] ?? '', /^text\/html; charset=utf-8$/);
  assert.match(page.body, /<h2>Slide<\/h2>/);
  assert.ok(!page.body.includes('secret') && !page.body.includes(token));
});

test('what the page names is there, and kept for ever', async () => {
  const named = [...page.body.matchAll(/(?:src|href)="\.(\/app\/[^"]+)"/g)].map(
    ([, at = '']) => at,
  );
  assert.ok(named.length >= 3);
  for (const address of named) {
    const { status, headers } = await ask(audience, address);
    assert.deepEqual(
      [status, headers['cache-control']],
      [200, 'public, max-age=31536000, immutable'],
    );
  }
});

test('pictures and films beside the deck are served, films by the piece', async () => {
  const logo = await ask(audience, '/logo.png');
  assert.deepEqual(
    [logo.status, logo.headers['content-type'], logo.body],
    [200, 'image/png', 'logo'],
  );
  const plan = await ask(audience, '/pictures/a%20plan.svg?x');
  assert.deepEqual([plan.status, plan.body], [200, '<svg/>']);
  const piece = await ask(audience, '/film.mp4', { headers: { Range: 'bytes=2-4' } });
  assert.deepEqual([piece.status, piece.body], [206, '234']);
});

const nothing = [
  '/talk.md',
  '/talk%2emd',
  '/notes.txt',
  '/pictures',
  '/pictures/',
  '/folder.png',
  '/folder.png/',
  '/.hidden.png',
  '/.git/logo.png',
  '/shown/logo.png',
  '/link.png',
  '/../outside.png',
  '/%2e%2e/outside.png',
  '/..%2foutside.png',
  '/pictures/..%5c..%5c..%5coutside.png',
  '//outside.png',
  '/logo.png%00.png',
  '/app/',
  '/app/..%2findex.html',
  '/recordings/',
  '/recordings/..%2f..%2fpackage.json',
  '/server/cli.ts',
  '/live',
];
for (const address of nothing) {
  test(`there is nothing at ${address}`, async () => {
    const { status, body } = await ask(audience, address);
    assert.deepEqual([status, body], [404, 'There is nothing at this address.\n']);
  });
}

test('what can’t be an address is no accident of ours', async () => {
  for (const address of ['/%', '/%E0%A4%A.png', '/app/%']) {
    const { status, body } = await ask(audience, address);
    assert.deepEqual([status, body], [400, 'No.\n']);
  }
});

test('nothing can be sent to it', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    const { status } = await ask(audience, '/logo.png', { method });
    assert.equal(status, 404);
  }
});

test('only this machine’s own names are answered', async () => {
  for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
    assert.equal((await ask(audience, '/', { headers: { Host: `${name}:${port}` } })).status, 200);
  }
  for (const name of ['evil.test', 'localhost.evil.test', '127.0.0.1.nip.io', '192.168.0.1', '']) {
    const { status, body } = await ask(audience, '/', { headers: { Host: `${name}:${port}` } });
    assert.deepEqual([status, body], [403, 'This talk is served to this machine only.\n']);
  }
  assert.match(await tell(audience, Buffer.from('GET / HTTP/1.0\r\n\r\n')), /^HTTP\/1\.1 403 /);
});

test('every answer forbids what a page of ours never needs', async () => {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  const answers = await Promise.all([
    ask(audience, '/'),
    ask(audience, '/identity.json'),
    ask(audience, '/logo.png'),
    ask(audience, '/recordings/webinar.jsonl'),
    ask(audience, '/nothing'),
    ask(audience, '/%'),
    ask(audience, '/', { method: 'POST' }),
    ask(audience, '/', { headers: { Host: 'evil.test' } }),
    ask(audience, '/film.mp4', { headers: { Range: 'bytes=99-' } }),
  ]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200, 200, 404, 400, 404, 403, 416],
  );
  for (const { status, headers } of answers) {
    assert.equal(headers['content-security-policy'], policy, String(status));
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(headers['x-powered-by'], undefined);
    assert.equal(headers['access-control-allow-origin'], undefined);
  }
});

test('it says which talk it is, and neither where that lies nor whose', async () => {
  const { body } = await ask(audience, '/identity.json');
  const { fluxdeck, deck, ...more } = JSON.parse(body);
  assert.equal(fluxdeck, '1');
  assert.match(deck, /^[0-9a-f]{16}$/);
  assert.deepEqual(more, {});
});

test('it listens on one address of this machine', async () => {
  // Whoever listens on all addresses is there at this one too.
  const socket = connect(Number(port), '127.0.0.2');
  await assert.rejects(once(socket, 'connect'));
});
