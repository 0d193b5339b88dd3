import { spawn } from 'node:child_process';
import type { Forward } from './webhook.ts';

/** Milliseconds until kubectl must have said where it listens, and the answer must be there. */
const LIMIT = 10_000;

/**
 * POSTs through `kubectl port-forward`, which network policies do not hold up.
 * @throws when kubectl is missing or does not get through
 */
export function createForward(kubeconfig: string, namespace: string): Forward {
  return async (path, body, headers) => {
    const child = spawn(
      'kubectl',
      ['--kubeconfig', kubeconfig, '-n', namespace, 'port-forward', 'svc/webhook-receiver', ':80'],
      { stdio: ['ignore', 'pipe', 'ignore'], timeout: 2 * LIMIT },
    );
    try {
      const port = await new Promise<string>((resolve, reject) => {
        const said = { text: '' };
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          said.text += text;
          const [, found] = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(said.text) ?? [];
          if (found !== undefined) resolve(found);
        });
        child.on('error', reject);
        child.on('close', () => reject(new Error('kubectl port-forward ended')));
        setTimeout(() => reject(new Error('kubectl port-forward says nothing')), LIMIT).unref();
      });
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        body,
        headers,
        signal: AbortSignal.timeout(LIMIT),
      });
      return { status: answer.status, body: await answer.text() };
    } finally {
      child.kill();
    }
  };
}
