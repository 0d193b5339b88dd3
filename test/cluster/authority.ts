import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const openssl = promisify(execFile);

/** Files in PEM. */
export interface Authority {
  certificate: string;
  server: { certificate: string; key: string };
  /** Signs and verifies the tokens of ServiceAccounts. */
  tokens: string;
}

const CERTIFICATE = ['req', '-x509', '-days', '2'];
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes a certificate authority and what an API server on this machine needs of it. */
export async function createAuthority(folder: string): Promise<Authority> {
  const file = (name: string) => path.join(folder, name);
  const authority: Authority = {
    certificate: file('ca.crt'),
    server: { certificate: file('server.crt'), key: file('server.key') },
    tokens: file('tokens.key'),
  };
  const make = (subject: string, certificate: string, key: string, more: string[] = []) =>
    openssl('openssl', [
      ...CERTIFICATE,
      ...NEW_KEY,
      '-subj',
      `/CN=${subject}`,
      '-out',
      certificate,
      '-keyout',
      key,
      ...more,
    ]);
  await make('fluxdeck-tests', authority.certificate, file('ca.key'));
  await make('kube-apiserver', authority.server.certificate, authority.server.key, [
    '-CA',
    authority.certificate,
    '-CAkey',
    file('ca.key'),
    '-addext',
    'basicConstraints=CA:FALSE',
    '-addext',
    'subjectAltName=IP:127.0.0.1,DNS:localhost',
  ]);
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  await writeFile(authority.tokens, privateKey, { mode: 0o600 });
  return authority;
}
