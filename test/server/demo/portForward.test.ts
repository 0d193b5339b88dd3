import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { createForward } from '../../../server/demo/portForward.ts';
import { folderWith } from '../../helpers/folder.ts';

/** A kubectl that forwards to itself: it answers what it was asked. */
const KUBECTL = `#!${process.execPath}
const server = require('node:http').createServer((request, response) => {
  response.writeHead(request.headers['x-signature'] === 'sha256=right' ? 200 : 400);
  request.on('data', (body) => response.write(request.url + ' ' + body + ' ' + process.argv.slice(2).join(' ')));
  request.on('end', () => response.end());
});
server.listen(0, '127.0.0.1', () => {
  console.log('Forwarding from 127.0.0.1:' + server.address().port + ' -> 9292');
});
`;

function withKubectl(text: string): void {
  const folder = folderWith({ kubectl: text });
  chmodSync(path.join(folder, 'kubectl'), 0o755);
  const before = process.env.PATH;
  process.env.PATH = folder;
  after(() => {
    process.env.PATH = before;
  });
}

test('a webhook goes through kubectl port-forward, which ends with it', async () => {
  withKubectl(KUBECTL);
  const forward = createForward('/demo/kubeconfig', 'flux-system');
  const answer = await forward('/hook/x', '{}', { 'X-Signature': 'sha256=right' });
  assert.equal(answer.status, 200);
  assert.equal(
    answer.body,
    '/hook/x {} --kubeconfig /demo/kubeconfig -n flux-system port-forward svc/webhook-receiver :80',
  );
  assert.equal((await forward('/hook/x', '{}', {})).status, 400);
});

test('a kubectl that ends, or is not there, is no answer', async () => {
  withKubectl(`#!${process.execPath}\nprocess.exit(1);\n`);
  await assert.rejects(createForward('/k', 'flux-system')('/hook/x', '{}', {}), /ended/);
  process.env.PATH = folderWith();
  await assert.rejects(createForward('/k', 'flux-system')('/hook/x', '{}', {}), /ENOENT/);
});
