import type { IncomingMessage } from 'node:http';

/** One of the three addresses of a repository. */
export interface GitRequest {
  repository: string;
  service: 'upload-pack' | 'receive-pack';
  step: 'refs' | 'pack';
  path: string;
  query: string;
}

/** Everything but a repository's three addresses of smart HTTP is not there. */
export function parseRequest(method: string, url: string): GitRequest | undefined {
  const refs = /^\/([a-z0-9][a-z0-9-]*\.git)\/info\/refs\?service=git-(upload-pack|receive-pack)$/;
  const pack = /^\/([a-z0-9][a-z0-9-]*\.git)\/git-(upload-pack|receive-pack)$/;
  const step = method === 'GET' ? 'refs' : 'pack';
  const pattern = { GET: refs, POST: pack }[method];
  const [, repository, service] = pattern?.exec(url) ?? [];
  if (repository === undefined) return undefined;
  if (service !== 'upload-pack' && service !== 'receive-pack') return undefined;
  const [path = '', query = ''] = url.split('?');
  return { repository, service, step, path, query };
}

/** Of Basic authentication, whatever the name; empty when there is none. */
export function passwordOf(request: IncomingMessage): string {
  const [, encoded = ''] = /^Basic (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const [, password = ''] = /^[^:]*:(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  return password;
}
