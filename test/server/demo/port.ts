import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const closed = once(server, 'close');
  server.close();
  await closed;
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}
