import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { ApiAnswer, ApiRequest, AskApi } from '../../server/api.ts';
import { addressOf, type Manifest } from './manifest.ts';

/** How the harness itself gets at an API server; no code of the product's is in between. */
export interface Reach {
  server: URL;
  ca: string;
  token?: string;
  /** A client's certificate and key, in PEM. */
  cert?: string;
  key?: string;
}

export interface Admin {
  ask: AskApi;
  /** @returns the object, whose shape the caller knows; @throws unless the status is 2xx */
  get: <Shape>(path: string) => Promise<Shape>;
  /** Creates or changes an object, by server-side apply. */
  apply: (manifest: Manifest) => Promise<void>;
  /** Applies a file of YAML with one object. */
  applyYaml: (path: string, yaml: string) => Promise<void>;
  /** A merge patch. */
  patch: (path: string, change: unknown) => Promise<void>;
  delete: (path: string) => Promise<void>;
  /** An answer that goes on, as a watch's. */
  stream: (path: string, signal: AbortSignal) => Promise<IncomingMessage>;
  close: () => void;
}

/** Milliseconds for an answer. */
const LIMIT = 10_000;

export function openAdmin(reach: Reach): Admin {
  const { server, ca, token, cert, key } = reach;
  const agent = new Agent({ keepAlive: true, ca, ...(cert && { cert }), ...(key && { key }) });
  const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` };

  const send = async (
    { method, path, body, type = 'application/json', headers }: ApiRequest,
    signal: AbortSignal,
  ): Promise<IncomingMessage> => {
    const sent = request(new URL(path, server), {
      method,
      agent,
      signal,
      headers: {
        Accept: 'application/json',
        ...authorization,
        ...(body !== undefined && { 'Content-Type': type }),
        ...headers,
      },
    });
    sent.end(body);
    const [answer]: IncomingMessage[] = await once(sent, 'response');
    if (!answer) throw new Error(`${method} ${path} has no answer`);
    sent.on('error', () => undefined);
    return answer;
  };
  const ask = async (wanted: ApiRequest): Promise<ApiAnswer> => {
    const answer = await send(wanted, AbortSignal.timeout(LIMIT));
    return { status: answer.statusCode ?? 0, body: await text(answer) };
  };
  const demand = async (wanted: ApiRequest): Promise<ApiAnswer> => {
    const answer = await ask(wanted);
    if (answer.status < 300) return answer;
    throw new Error(`${wanted.method} ${wanted.path}: ${answer.status} ${answer.body}`);
  };
  const applyYaml = async (path: string, yaml: string) => {
    const query = '?fieldManager=tests&force=true';
    const type = 'application/apply-patch+yaml';
    await demand({ method: 'PATCH', path: path + query, body: yaml, type });
  };

  return {
    ask,
    get: async (path) => JSON.parse((await demand({ method: 'GET', path })).body),
    // JSON is YAML.
    apply: (manifest) => applyYaml(addressOf(manifest), JSON.stringify(manifest)),
    applyYaml,
    async patch(path, change) {
      const type = 'application/merge-patch+json';
      await demand({ method: 'PATCH', path, body: JSON.stringify(change), type });
    },
    async delete(path) {
      await demand({ method: 'DELETE', path });
    },
    stream: (path, signal) => send({ method: 'GET', path }, signal),
    close: () => agent.destroy(),
  };
}
