import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Asks for a path to the letter, which `fetch` would tidy up first. */
export async function ask(
  audience: string,
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(audience);
  const asked = request({ hostname, port, path, method, headers, agent: false }).end();
  const [answer]: IncomingMessage[] = await once(asked, 'response');
  if (!answer) throw new Error('no answer');
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) };
}

/** Sends bytes as they are. @returns all that comes until the server hangs up */
export function tell(audience: string, bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(audience);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  return text(socket);
}
