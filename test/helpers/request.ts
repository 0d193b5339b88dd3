import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Asks for a path to the letter, which `fetch` would tidy up first. */
export function ask(
  audience: string,
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(audience);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, method, headers, agent: false }, async (answer) => {
      const body = await text(answer);
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
    })
      .on('error', reject)
      .end();
  });
}

/** Sends bytes as they are. @returns all that comes until the server hangs up */
export function tell(audience: string, bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(audience);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  return text(socket);
}
