import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { accessOpener, openAccess } from '../../../server/cluster/watch/access.ts';
import { Mistake } from '../../../server/mistake.ts';
import { folderWith } from '../../helpers/folder.ts';

function kubeconfig(name: string, user: string, more = ''): string {
  return `apiVersion: v1
kind: Config
current-context: ${name}
contexts:
- name: ${name}
  context: {cluster: ${name}, user: ${name}${more}}
clusters:
- name: ${name}
  cluster: {server: "https://${name}.example:6443"}
users:
- name: ${name}
  user: ${user}
`;
}

const folder = folderWith({
  one: kubeconfig('one', '{token: first}', ', namespace: demo'),
  two: kubeconfig('two', '{tokenFile: token}'),
  token: 'second\n',
  basic: kubeconfig('basic', '{username: me, password: pass}'),
  certified: kubeconfig('certified', '{client-certificate: cert, client-key: key}'),
  cert: 'CERT',
  key: 'KEY',
  proxied: kubeconfig('proxied', '{}').replace('6443"', '6443", proxy-url: "http://p.example:1"'),
  plain: kubeconfig('plain', '{}').replace('https:', 'http:'),
  ghost: kubeconfig('ghost', '{tokenFile: none}'),
  json: JSON.stringify({
    'current-context': 'j',
    contexts: [{ name: 'j', context: { cluster: 'j', user: 'j' } }],
    clusters: [{ name: 'j', cluster: { server: 'https://j.example' } }],
    users: [{ name: 'j', user: { tokenFile: 'token' } }],
  }),
  broken: 'users: [{name: x, user: {token: hush',
});
const file = (name: string) => path.join(folder, name);
const open = (...names: string[]) => openAccess({ files: names.map(file) });

test('a kubeconfig gives server, namespace and token', async () => {
  const access = await open('one');
  assert.equal(access.server.href, 'https://one.example:6443/');
  assert.equal(access.namespace, 'demo');
  assert.deepEqual(await access.headers(), { authorization: 'Bearer first' });
});

test('a token may lie in a file beside the kubeconfig, be that YAML or JSON', async () => {
  for (const name of ['two', 'json']) {
    const access = await open(name);
    assert.deepEqual(await access.headers(), { authorization: 'Bearer second' });
  }
});

test('name and password, and certificates from files', async () => {
  const basic = await open('basic');
  const authorization = `Basic ${Buffer.from('me:pass').toString('base64')}`;
  assert.deepEqual(await basic.headers(), { authorization });
  const { cert, key } = await (await open('certified')).tls();
  assert.deepEqual([cert, key], [Buffer.from('CERT'), Buffer.from('KEY')]);
});

test('a proxy and plain HTTP are no obstacles', async () => {
  assert.ok((await open('proxied')).agent);
  assert.equal((await open('plain')).server.protocol, 'http:');
  assert.equal((await open('one')).agent, undefined);
});

test('several files are one, and the first word counts', async () => {
  const files = [file('one'), file('two')];
  assert.equal((await openAccess({ files })).server.hostname, 'one.example');
  const two = await openAccess({ files, context: 'two' });
  assert.equal(two.server.hostname, 'two.example');
  assert.equal((await open('one', 'one')).server.hostname, 'one.example');
});

test('a token that is missing is only its own user’s matter', async () => {
  const files = [file('one'), file('ghost')];
  assert.equal((await openAccess({ files })).server.hostname, 'one.example');
  await assert.rejects(openAccess({ files, context: 'ghost' }), /names a user that is not there/);
});

const mistakes: [sentence: string, options: Parameters<typeof openAccess>[0], words: RegExp][] = [
  ['a file that is not there', { files: [file('none')] }, /none can't be read: there is no such/],
  ['a folder', { files: [folder] }, /it is a folder/],
  [
    'a file that can’t be parsed',
    { files: [file('broken')] },
    /can't be parsed. See what is wrong/,
  ],
  [
    'a context that is not there',
    { files: [file('one')], context: 'three' },
    /There is no context “three” in .*one\. Those it has: one\./,
  ],
];

for (const [sentence, options, words] of mistakes) {
  test(`${sentence} is told with a cure, without a secret`, async () => {
    await assert.rejects(openAccess(options), (error: unknown) => {
      assert.ok(error instanceof Mistake);
      assert.match(error.message, words);
      assert.ok(!error.message.includes('hush'));
      return true;
    });
  });
}

test('an access knows when what it was read from is another', async () => {
  const config = file('changing');
  writeFileSync(config, kubeconfig('two', '{tokenFile: token-2}'));
  writeFileSync(file('token-2'), 'a');
  const access = await open('changing');
  assert.equal(await access.isCurrent(), true);
  writeFileSync(file('token-2'), 'another');
  assert.equal(await access.isCurrent(), false);
  const again = await open('changing');
  assert.equal(await again.isCurrent(), true);
  rmSync(config);
  assert.equal(await again.isCurrent(), false);
});

test('who makes another context the current one does not take us along', async () => {
  const both = (current: string) =>
    JSON.stringify({
      'current-context': current,
      contexts: ['a', 'b'].map((name) => ({ name, context: { cluster: name, user: 'u' } })),
      clusters: ['a', 'b'].map((name) => ({
        name,
        cluster: { server: `https://${name}.example` },
      })),
      users: [{ name: 'u', user: {} }],
    });
  writeFileSync(file('both'), both('a'));
  const reopen = accessOpener({ files: [file('both')] });
  assert.equal((await reopen()).server.hostname, 'a.example');
  writeFileSync(file('both'), both('b'));
  assert.equal((await reopen()).server.hostname, 'a.example');
});
