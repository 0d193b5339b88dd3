import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { type Demo, demoFolder, places, readDemo } from '../demo/state.ts';

/** Milliseconds. A cluster of this machine answers within a few. */
const PATIENCE = 500;

/** The demo's cluster if its API server answers, `down` if it doesn't, undefined if there is none. */
export async function demoIfUp(): Promise<Demo | 'down' | undefined> {
  const demo = await readDemo(demoFolder());
  if (!demo?.made) return undefined;
  // Its form is known: no client is needed to find the port in it.
  const text = await readFile(places(demo.folder).kubeconfig, 'utf8').catch(() => '');
  const server = /^\s*"?server"?:\s*"?https:\/\/([\d.]+):(\d+)/m.exec(text);
  const [, host, port] = server ?? [];
  return host !== undefined && (await answers(host, Number(port))) ? demo : 'down';
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE });
    const tell = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => tell(true));
    socket.once('error', () => tell(false));
    socket.once('timeout', () => tell(false));
  });
}
