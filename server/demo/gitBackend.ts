import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gitEnvironment } from './git.ts';

/** What a push may weigh, in bytes: a demo's commits are small. Git refuses it in words. */
const PUSH_LIMIT = 32 * 1024 * 1024;
/** What is not even read, whoever sends it. */
const BODY_LIMIT = 8 * PUSH_LIMIT;
/** Milliseconds that one request may take. */
const TIME_LIMIT = 30_000;

export interface BackendRequest {
  /** The folder of the repositories. */
  folder: string;
  /** Below it, as in `/app.git/info/refs`. */
  path: string;
  query: string;
  /** Who may push; nobody when left out. */
  user?: string;
}

/** The status line and headers that a CGI program begins its answer with. */
export function parseHead(head: string): { status: number; headers: [string, string][] } {
  const lines = head.split(/\r?\n/).flatMap((line): [string, string][] => {
    const colon = line.indexOf(':');
    return colon < 1 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]];
  });
  const status = Number.parseInt(lines.find(([name]) => name === 'Status')?.[1] ?? '200', 10);
  return { status, headers: lines.filter(([name]) => name !== 'Status') };
}

/**
 * Has `git http-backend` answer a request. The answer's end is held back until `ended` has been
 * heard, so that who waits for it finds what follows from it done.
 * @param ended gets the HTTP status (500 when the backend broke, 413 when too much was sent), and
 * whether the answer held a pack: a fetch of a few commits asks once more before it gets them
 */
export function serveGit(
  request: IncomingMessage,
  response: ServerResponse,
  { folder, path, query, user }: BackendRequest,
  ended: (status: number, packed: boolean) => Promise<void>,
): void {
  const child = spawn('git', ['-c', `receive.maxInputSize=${PUSH_LIMIT}`, 'http-backend'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: TIME_LIMIT,
    killSignal: 'SIGKILL',
    // GIT_PROTOCOL is left out: in Git's older protocol refs are asked for at one address only.
    env: {
      ...gitEnvironment(),
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      ...(user !== undefined && { REMOTE_USER: user }),
    },
  });
  const state = {
    head: Buffer.alloc(0),
    status: 0,
    received: 0,
    packed: false,
    tooMuch: false,
    done: false,
  };

  // The backend's own child reads the same pipe: it ends when that does.
  const stop = () => {
    child.stdin.destroy();
    child.kill('SIGKILL');
    request.resume();
  };
  const finish = (status: number) => {
    if (state.done) return;
    state.done = true;
    const end = () => {
      if (!response.headersSent) response.writeHead(status);
      response.end();
    };
    ended(status, state.packed).then(end, end);
  };

  request.on('data', (chunk: Buffer) => {
    if (state.tooMuch) return;
    state.received += chunk.length;
    if (state.received > BODY_LIMIT) {
      // git waits for ever when it is answered in the middle of what it sends: the rest is read.
      state.tooMuch = true;
      stop();
      return;
    }
    if (!child.stdin.writable || child.stdin.write(chunk)) return;
    request.pause();
    child.stdin.once('drain', () => request.resume());
  });
  request.on('end', () => {
    child.stdin.end();
    if (state.tooMuch) finish(413);
  });
  child.stdin.on('error', () => request.resume());
  // Who goes away in the middle leaves nothing running.
  response.on('close', () => {
    stop();
    finish(499);
  });

  child.stdout.on('data', (chunk: Buffer) => {
    state.packed ||= chunk.includes('PACK');
    if (response.headersSent) {
      if (!response.write(chunk)) {
        child.stdout.pause();
        response.once('drain', () => child.stdout.resume());
      }
      return;
    }
    state.head = Buffer.concat([state.head, chunk]);
    const blank = state.head.indexOf('\r\n\r\n');
    if (blank < 0) return;
    const { status, headers } = parseHead(state.head.subarray(0, blank).toString('latin1'));
    state.status = status;
    response.writeHead(status, headers.flat());
    response.write(state.head.subarray(blank + 4));
  });
  child.on('error', () => finish(500));
  child.on('close', () => {
    if (!state.tooMuch) finish(state.status || 500);
  });
}
